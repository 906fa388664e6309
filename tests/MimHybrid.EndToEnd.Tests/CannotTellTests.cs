using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>
/// What cannot be told is never said to be no: a folder that one may not read, a file that cannot be written, an agent that does nothing.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CannotTellTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybodys = (UnixFileMode)0b111_111_111;

    private readonly DataDirectory data = new();

    [Fact]
    public async Task Without_the_right_to_look_nothing_is_said_of_the_agent()
    {
        SkipUnlessRoot();
        AgentStore.Open(data.Path).Dispose();
        File.SetUnixFileMode(data.Path, Mine);
        foreach (var command in new string[][] { ["status"], ["log"], ["page", "--no-browser"], ["approve", "removals"], ["stop"], ["--force"] })
        {
            var (code, output) = await AsNobodyAsync(command, data.Path);
            Assert.True(code == ExitCode.StoreUnusable, $"{command[0]} ended with {code}: {string.Join(' ', output)}");
            Assert.Contains(output, line => line.Contains("You may not read", StringComparison.Ordinal) && line.Contains("join the operators group", StringComparison.Ordinal));
        }

        var (failed, findings) = await AsNobodyAsync(["check", "--sandbox"], Path.Combine(data.Path, "inner"));
        Assert.Equal(ExitCode.CheckFailed, failed);
        Assert.Contains(findings, line => line.StartsWith("failed   data-folder", StringComparison.Ordinal) && line.Contains("may not look", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_is_read_only_is_found_by_check_and_told_by_run_without_a_stack_trace()
    {
        SkipUnlessRoot();
        AgentStore.Open(data.Path).Dispose();
        File.SetUnixFileMode(data.Path, Everybodys);
        foreach (var file in Directory.GetFiles(data.Path)) File.SetUnixFileMode(file, Everybodys);
        File.SetUnixFileMode(Path.Combine(data.Path, "agent.db"), UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        var (failed, findings) = await AsNobodyAsync(["check", "--sandbox"], data.Path);
        Assert.Equal(ExitCode.CheckFailed, failed);
        Assert.Contains(findings, line => line.StartsWith("failed   store", StringComparison.Ordinal) && line.Contains("Remove the read-only attribute", StringComparison.Ordinal));

        var (code, output) = await AsNobodyAsync(["run", "--once", "--sandbox"], data.Path);
        Assert.True(code == ExitCode.StoreUnusable, string.Join(Environment.NewLine, output));
        Assert.Contains(output, line => line.Contains("Remove the read-only attribute", StringComparison.Ordinal));
        Assert.DoesNotContain(output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    /// <summary>The file itself, and its folder: neither is "no such file", and its settings are not left out without a word.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_settings_file_that_may_not_be_read_is_not_called_missing(bool folderIsClosed)
    {
        SkipUnlessRoot();
        var folder = Directory.CreateDirectory(Path.Combine(data.Path, "settings")).FullName;
        var file = Path.Combine(folder, "appsettings.json");
        await File.WriteAllTextAsync(file, "{}", TestContext.Current.CancellationToken);
        foreach (var path in new[] { data.Path, folder }) File.SetUnixFileMode(path, Everybodys);
        File.SetUnixFileMode(folderIsClosed ? folder : file, Mine);

        foreach (var command in new string[][] { ["config", "show"], ["check"], ["run", "--once", "--sandbox"] })
        {
            var (code, output) = await AsNobodyAsync([.. command, "--config", file], data.Path);
            Assert.True(code == ExitCode.SettingsInvalid, $"{command[0]} ended with {code}: {string.Join(' ', output)}");
            Assert.Contains(output, line => line.Contains($"{file} may not be read by ", StringComparison.Ordinal)
                && line.Contains("give it the right", StringComparison.Ordinal));
            Assert.DoesNotContain(output, line => line.Contains("no such file", StringComparison.Ordinal));
        }

        var (folderCode, said) = await Mimhybrid.RunAsync(["config", "show", "--config", folder]);
        Assert.Equal(ExitCode.SettingsInvalid, folderCode);
        Assert.Contains(said, line => line.Contains("is a folder; allowed is a file", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_gives_no_sign_of_life_is_not_waited_for()
    {
        using var agent = DataFolder.TryLock(data.Path);
        using (var store = AgentStore.Open(data.Path))
        {
            var ago = TimeProvider.System.GetUtcNow().AddMinutes(-14);
            store.RecordHolder(new Holder(4711, @"CONTOSO\MIMSyncUser", ago));
            store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "test", null), ago);
            store.Cycles.Beat(ago, ago.AddMinutes(1));
        }

        foreach (var command in new string[][] { ["stop"], ["--force"] })
        {
            var (code, output) = await Mimhybrid.RunAsync([.. command, "--data", data.Path]);
            Assert.Equal(ExitCode.CycleFailed, code);
            Assert.Contains(output, line => line.Contains("for 14 minutes", StringComparison.Ordinal) && line.Contains("End process 4711", StringComparison.Ordinal));
        }

        Assert.Contains((await Mimhybrid.RunAsync(["status", "--data", data.Path])).Output, line => line.Contains("for 14 minutes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_store_is_put_aside_told_loudly_and_the_agent_works_on()
    {
        Assert.Equal(0, (await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path], Pace.Fast, Pace.Quiet)).Code);
        await File.WriteAllBytesAsync(Path.Combine(data.Path, "agent.db"), [], TestContext.Current.CancellationToken);

        var (code, output) = await Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", data.Path], Pace.Fast, Pace.Quiet);
        Assert.Equal(0, code);
        Assert.Single(output, line => line.Contains("Error: The store", StringComparison.Ordinal) && line.Contains("it is empty", StringComparison.Ordinal));
        Assert.Single(Directory.GetFiles(data.Path, "agent-*.db"));
        Assert.Equal("Full", Assert.Single(await data.RunLogAsync()).GetProperty("sequence").GetString());
        Assert.Contains((await Mimhybrid.RunAsync(["status", "--data", data.Path])).Output, line => line.StartsWith("Store ", StringComparison.Ordinal));
    }

    public void Dispose() => data.Dispose();

    private static void SkipUnlessRoot() =>
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "Only root can be another account for a moment.");

    private static async Task<(int Code, IReadOnlyList<string> Output)> AsNobodyAsync(string[] command, string folder)
    {
        using var process = Mimhybrid.StartOnLinux([.. command, "--data", folder], asNobody: true, output: null);
        return (await process.ExitAsync(), process.Output);
    }
}
