using MimHybrid.Agent.Checks;
using MimHybrid.Store;
using MimHybrid.Store.Rows;
using static MimHybrid.Agent.Tests.Checks.CheckRunnerTests;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What is said of the data folder and of the store in it.</summary>
public sealed class StoreCheckTests
{
    [Fact]
    public async Task A_data_folder_that_cannot_be_written_is_told_and_what_needs_it_is_left_out()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder in which nobody may write, not even root.");
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Data = "/sys/kernel";
        var findings = await checkedServer.CheckAsync();

        Fails(findings, "data-folder", "may not write in /sys/kernel", "icacls");
        Assert.All(["store", "agent"], name => Assert.Equal(FindingState.Skipped, Only(findings, name).State));
    }

    [Fact]
    public async Task A_data_folder_that_is_not_there_is_a_warning_and_is_not_made()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Data = Path.Combine(checkedServer.Data, "nowhere");
        Assert.Equal(FindingState.Warning, Only(await checkedServer.CheckAsync(), "data-folder").State);
        Assert.False(Directory.Exists(checkedServer.Data));
    }

    [Fact]
    public async Task A_damaged_store_and_one_of_a_newer_version_are_told()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        var file = Path.Combine(checkedServer.Data, "agent.db");
        await File.WriteAllTextAsync(file, new string('x', 8192), TestContext.Current.CancellationToken);
        Fails(await checkedServer.CheckAsync(), "store", "cannot be used", "puts the file aside");

        File.Delete(file);
        AgentStore.Open(checkedServer.Data).Dispose();
        SetVersion(file, 999);
        Fails(await checkedServer.CheckAsync(), "store", "999", "update MimHybrid");
    }

    [Fact]
    public async Task An_older_store_is_looked_at_and_not_migrated()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        AgentStore.Open(checkedServer.Data).Dispose();
        SetVersion(Path.Combine(checkedServer.Data, "agent.db"), 1);
        Assert.Contains("the next start of this program brings it to", Only(await checkedServer.CheckAsync(), "store").Saw, StringComparison.Ordinal);
        Assert.Equal(1, AgentReader.Inspect(checkedServer.Data).Version);
    }

    [Fact]
    public async Task A_folder_of_the_sandbox_is_not_taken_for_a_real_tenant()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using (var store = AgentStore.Open(checkedServer.Data)) store.ClaimFor("Sandbox");
        Fails(await checkedServer.CheckAsync(), "store", "guests of the sandbox", "--data");
    }

    [Fact]
    public async Task Accounts_that_a_directory_refuses_are_a_warning_until_an_export_says_otherwise()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        var error = new StepError("CN=Lena Brandt,OU=Guests", "permission-issue", "8344", FirstOccurred: null, RetryCount: 0);
        Export(checkedServer, new ExportRefusals(1, [error], IsWhole: true));
        var finding = Only(await checkedServer.CheckAsync(), "refused");
        Assert.Equal(FindingState.Warning, finding.State);
        Assert.Equal("the directory of ADMA refuses 1 account", finding.Saw);
        Assert.Contains("mimhybrid --force", finding.Todo, StringComparison.Ordinal);

        Export(checkedServer, ExportRefusals.None);
        Assert.Equal(FindingState.Ok, Only(await checkedServer.CheckAsync(), "refused").State);
    }

    private static void Export(CheckedServer checkedServer, ExportRefusals refusals)
    {
        using var store = AgentStore.Open(checkedServer.Data);
        var cycle = store.Cycles.BeginCycle(
            new CycleStart("ForcedRun", TriggerKind.Command, "Full", "forced by ada", null), DateTimeOffset.UnixEpoch);
        var step = new PlannedStep(1, "ADMA", "Export", StepKind.Export);
        store.Cycles.BeginStep(cycle, step, firstImport: false, DateTimeOffset.UnixEpoch);
        var record = new StepRecord { Position = 1, ManagementAgent = "ADMA", RunProfile = "Export", EndedAt = DateTimeOffset.UnixEpoch };
        store.Cycles.EndStep(cycle, new StepEnd(step, record) { Refusals = refusals });
    }

    /// <summary>The bytes of the file's header in which SQLite keeps PRAGMA user_version (sqlite.org/fileformat.html, 1.3).</summary>
    private static void SetVersion(string file, int version)
    {
        using var stream = File.OpenWrite(file);
        stream.Position = 62;
        stream.Write([(byte)(version >> 8), (byte)version]);
    }
}
