using System.Text.RegularExpressions;

namespace MimHybrid.Windows.Tests;

/// <summary>The executable as a Windows service, and the event source that it registers.</summary>
[Collection(nameof(Wine))]
public sealed partial class ServiceTests(Wine wine) : IDisposable
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
        await ForgetAsync();
        try
        {
            (await Wine.RunAsync("sc", "create", Name, "binPath=", await CommandLineAsync("11111111-2222-3333-4444-555555555555"), "start=", "auto")).Well();
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

    /// <summary>ERROR_BAD_CONFIGURATION, and not 1053, "did not respond in a timely fashion".</summary>
    [Fact]
    public async Task A_start_with_invalid_settings_is_told_to_the_service_control_manager_as_such()
    {
        wine.Need();
        await ForgetAsync();
        (await Wine.RunAsync("sc", "create", Name, "binPath=", await CommandLineAsync(tenant: ""), "start=", "auto")).Well();
        try
        {
            await Wine.RunAsync("sc", "start", Name);
            await StateAsync("WIN32_EXIT_CODE    : 1610");
        }
        finally
        {
            (await Wine.RunAsync("sc", "delete", Name)).Well();
        }
    }

    [Fact]
    public async Task What_check_advises_where_the_event_source_is_missing_makes_it()
    {
        wine.Need();
        await ForgetAsync();
        var advice = Advice().Match((await Wine.MimhybridAsync("check")).Output);
        Assert.True(advice.Success);

        (await Wine.RunAsync("cmd", "/c", advice.Groups[1].Value)).Well();

        var found = (await Wine.MimhybridAsync("check")).Output;
        Assert.True(Made().IsMatch(found), found);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [GeneratedRegex(@"warning +event-log.* or as an administrator: (reg add .*\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Advice();

    [GeneratedRegex("ok +event-log", RegexOptions.CultureInvariant)]
    private static partial Regex Made();

    /// <summary>What an earlier test, or a run that was killed, left.</summary>
    private static async Task ForgetAsync()
    {
        await Wine.RunAsync("sc", "stop", Name);
        await Wine.RunAsync("sc", "delete", Name);
        await Wine.RunAsync("reg", "delete", Source, "/f");
    }

    /// <summary>Settings that lead nowhere, and are valid but for what the test says; in a file as an administrator has them.</summary>
    private async Task<string> CommandLineAsync(string tenant)
    {
        var settings = Path.Combine(folder.FullName, "appsettings.json");
        await File.WriteAllTextAsync(settings,
            $$"""
            {
              "Graph": { "TenantId": "{{tenant}}", "ClientId": "11111111-2222-3333-4444-666666666666", "ClientSecret": "of-nobody" },
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
