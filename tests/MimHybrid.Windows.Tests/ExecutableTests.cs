namespace MimHybrid.Windows.Tests;

/// <summary>The published executable, started on a Windows.</summary>
[Collection(nameof(Wine))]
public sealed class ExecutableTests(Wine wine) : IDisposable
{
    /// <summary>Settings that are valid and lead nowhere: a real tenant that no sign-in can reach from here, and the sandbox's sync server.</summary>
    private static readonly string[] Unreachable =
    [
        "--set", "Graph:TenantId=11111111-2222-3333-4444-555555555555",
        "--set", "Graph:ClientId=11111111-2222-3333-4444-666666666666",
        "--set", "Graph:ClientSecret=of-nobody",
        "--set", "SyncServer:Connection=Sandbox",
    ];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private const int Looks = 300;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-windows-");

    private string Data => Wine.PathOf(Path.Combine(folder.FullName, "data"));

    [Fact]
    public async Task Help_is_told_with_examples_and_exit_codes()
    {
        wine.Need();
        var help = (await Wine.MimhybridAsync("--help")).Well().Output;

        Assert.Contains("Examples:", help, StringComparison.Ordinal);
        Assert.Contains("130  cancelled", help, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_is_that_of_the_house_with_the_commit()
    {
        wine.Need();
        var version = (await Wine.MimhybridAsync("--version")).Well().Output.Trim();

        Assert.Matches(@"^\d+\.\d+\.\d+\+[0-9a-f]{40}$", version);
    }

    [Fact]
    public async Task A_wrong_command_line_ends_with_2_and_missing_settings_with_3()
    {
        wine.Need();

        Assert.Equal(2, (await Wine.MimhybridAsync("frobnicate")).Code);
        Assert.Equal(3, (await Wine.MimhybridAsync("run", "--config", @"C:\nowhere\appsettings.json", "--data", Data)).Code);
    }

    [Fact]
    public async Task The_settings_that_ship_are_read_and_told_to_lack_the_tenant()
    {
        wine.Need();
        var ended = await Wine.MimhybridAsync("run", "--data", Data);

        Assert.Equal(3, ended.Code);
        Assert.Contains("Graph:TenantId is missing", ended.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_check_found_is_written_to_a_file_as_a_scheduled_task_asks_for_it()
    {
        wine.Need();
        var file = Path.Combine(folder.FullName, "found.txt");
        await File.WriteAllTextAsync(file, "of yesterday", TestContext.Current.CancellationToken);

        Assert.Equal(4, (await Wine.MimhybridAsync("check", "--data", Data, "--output", Wine.PathOf(file))).Code);

        Assert.StartsWith("ok       program", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(folder.EnumerateFiles());
    }

    [Fact]
    public async Task Status_on_a_data_folder_that_is_not_there_says_so_and_makes_none()
    {
        wine.Need();
        var status = (await Wine.MimhybridAsync("status", "--data", Data)).Well();

        Assert.Contains("No agent has run on the data folder", status.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "data")));
    }

    [Fact]
    public async Task Status_and_log_read_a_data_folder_in_which_cycles_ran()
    {
        wine.Need();
        // Made by the same program on this system: the sandbox needs TLS on loopback, and Wine has no keys for it (CNG answers 0x80090029).
        var used = Path.Combine(folder.FullName, "data");
        (await Programs.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "mimhybrid.dll"), "run", "--sandbox", "--once", "--data", used], TimeSpan.FromMinutes(2), ("TMPDIR", folder.FullName))).Well();

        Assert.Contains("Last    cycle 1, ", (await Wine.MimhybridAsync("status", "--data", Data)).Well().Output, StringComparison.Ordinal);
        var log = (await Wine.MimhybridAsync("log", "1", "--data", Data)).Well().Output;
        Assert.Contains("AADMA  Full Import", log, StringComparison.Ordinal);
        Assert.Contains("\"outcome\"", (await Wine.MimhybridAsync("log", "--json", "--data", Data)).Well().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_agent_on_the_same_data_folder_ends_with_5()
    {
        wine.Need();
        using var first = Wine.StartMimhybrid(["run", .. Unreachable, "--data", Data]);
        try
        {
            await HeldAsync();

            var second = await Wine.MimhybridAsync(["run", .. Unreachable, "--data", Data]);

            Assert.Equal(5, second.Code);
            Assert.Contains("agent", second.Output, StringComparison.Ordinal);
        }
        finally
        {
            first.Kill(entireProcessTree: true);
            await first.WaitForExitAsync(CancellationToken.None); // until then it has what the next test's agent takes hold of
        }
    }

    [Fact]
    public async Task Config_show_tells_the_settings_with_their_source_and_no_secret()
    {
        wine.Need();
        var shown = (await Wine.MimhybridAsync(["config", "show", .. Unreachable, "--data", Data])).Well().Output;

        Assert.Contains("11111111-2222-3333-4444-555555555555", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("of-nobody", shown, StringComparison.Ordinal);
    }

    /// <summary>What the scripts leave beside the program where they had no time to end.</summary>
    [Fact]
    public async Task Check_says_that_an_installation_was_cut_off()
    {
        wine.Need();
        var unfinished = Directory.CreateDirectory($"{PublishedProduct.Folder}.unfinished");
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "journal"), "", TestContext.Current.CancellationToken);
        try
        {
            Assert.Matches("warning +task +an installation or update was cut off", (await Wine.MimhybridAsync("check", "--data", Data)).Output);
        }
        finally
        {
            unfinished.Delete(recursive: true);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Until the first agent has made the file that it holds.</summary>
    private async Task HeldAsync()
    {
        for (var look = 0; !File.Exists(Path.Combine(folder.FullName, "data", "agent.lock")); look++)
        {
            Assert.True(look < Looks, "The first agent did not take hold of its data folder.");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
