namespace MimHybrid.Windows.Tests;

/// <summary>The executable as a Windows service, and the event source that it registers.</summary>
[Collection(nameof(Wine))]
public sealed class ServiceTests(Wine wine) : IDisposable
{
    private const string Name = "MimHybrid";
    private const string Source = @"HKLM\System\CurrentControlSet\Services\EventLog\Application\MimHybrid";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private const int Looks = 200;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-service-");

    [Fact]
    public async Task It_is_created_started_asked_stopped_and_deleted_and_its_event_source_has_texts()
    {
        wine.Need();
        await Wine.RunAsync("sc", "stop", Name); // left by a run that was killed
        await Wine.RunAsync("sc", "delete", Name);
        await Wine.RunAsync("reg", "delete", Source, "/f");
        try
        {
            (await Wine.RunAsync("sc", "create", Name, "binPath=", await CommandLineAsync(), "start=", "auto")).Well();
            (await Wine.RunAsync("sc", "start", Name)).Well();
            await StateAsync("RUNNING");
            (await Wine.RunAsync("sc", "stop", Name)).Well();
            await StateAsync("STOPPED");
        }
        finally
        {
            (await Wine.RunAsync("sc", "delete", Name)).Well();
        }

        var source = (await Wine.RunAsync("reg", "query", Source)).Well().Output;
        Assert.Contains("EventMessageFile", source, StringComparison.Ordinal);
        Assert.Contains("System.Diagnostics.EventLog.Messages.dll", source, StringComparison.OrdinalIgnoreCase);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Settings that are valid and lead nowhere, in a file as an administrator has them.</summary>
    private async Task<string> CommandLineAsync()
    {
        var settings = Path.Combine(folder.FullName, "appsettings.json");
        await File.WriteAllTextAsync(settings,
            """
            {
              "Graph": { "TenantId": "11111111-2222-3333-4444-555555555555", "ClientId": "11111111-2222-3333-4444-666666666666", "ClientSecret": "of-nobody" },
              "SyncServer": { "Connection": "Sandbox" }
            }
            """,
            TestContext.Current.CancellationToken);
        return $"\"{Wine.PathOf(PublishedProduct.Executable)}\" run --config \"{Wine.PathOf(settings)}\" --data \"{Wine.PathOf(Path.Combine(folder.FullName, "data"))}\"";
    }

    private static async Task StateAsync(string state)
    {
        var answer = "";
        for (var look = 0; look < Looks; look++)
        {
            answer = (await Wine.RunAsync("sc", "query", Name)).Output;
            if (answer.Contains(state, StringComparison.Ordinal)) return;
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The service did not become {state}: {answer}");
    }
}
