using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class RunHistoryTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph, options => options with { KeptRuns = 3 });

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task A_row_names_agent_run_and_times()
    {
        await driver.SucceedAsync(Target, Profiles.Export);

        var row = Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"));

        Assert.Equal("{0A1B2C3D-0000-4000-8000-00000000AD01}1", row["Key"]);
        Assert.Equal("{0A1B2C3D-0000-4000-8000-00000000AD01}", row["MaGuid"]);
        Assert.Equal(("ADMA", "1", "Export", "success"), (row["MaName"], row["RunNumber"], row["RunProfile"], row["RunStatus"]));
        Assert.Equal(("2026-11-22 08:00:00.000", "2026-11-22 08:00:00.000"), (row["RunStartTime"], row["RunEndTime"]));
    }

    [Fact]
    public async Task A_key_may_have_a_hyphen_and_finds_its_run_all_the_same()
    {
        using var other = new SyncServerDriver(graph, options => options with { RunKeysHaveHyphen = true });
        await other.SucceedAsync(Target, Profiles.Export);

        var row = Assert.Single(await other.QueryAsync("SELECT * FROM MIIS_RunHistory"));
        var details = await other.Server.InvokeAsync(
            new CimTarget("MIIS_RunHistory", "Key", row["Key"]), "RunDetails", [], TestContext.Current.CancellationToken);

        Assert.Equal("{0A1B2C3D-0000-4000-8000-00000000AD01}-1", row["Key"]);
        Assert.Contains("<run-number>1</run-number>", details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_run_comes_first_and_the_oldest_is_dropped()
    {
        for (var run = 0; run < 5; run++)
            await driver.SucceedAsync(Target, Profiles.Export);

        Assert.Equal(["5", "4", "3"], (await driver.QueryAsync("SELECT * FROM MIIS_RunHistory")).Select(row => row["RunNumber"]));
    }

    [Fact]
    public async Task Clearing_removes_what_ended_at_or_before_the_moment_and_numbers_go_on()
    {
        await driver.SucceedAsync(Target, Profiles.Export);
        driver.Time.Advance(TimeSpan.FromHours(1));
        await driver.SucceedAsync(Source, Profiles.Export);

        Assert.Equal("success", await driver.ClearRunsAsync("2026-11-22 08:00:00.000"));

        Assert.Equal("AADMA", Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"))["MaName"]);
        Assert.Equal("", await driver.AskAsync(Target, "RunStatus"));
        await driver.SucceedAsync(Target, Profiles.Export);
        Assert.Equal("2", await driver.AskAsync(Target, "RunNumber"));
    }

    [Fact]
    public async Task Clearing_up_to_a_date_leaves_the_run_that_is_going_on()
    {
        await driver.SucceedAsync(Target, Profiles.Export);
        var running = driver.Server.StartForeignRunAsync(new ForeignRun(Target, Profiles.Export, TimeSpan.FromMinutes(1)));

        Assert.Equal("success", await driver.ClearRunsAsync("2026-11-23"));

        Assert.Equal("in-progress", Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"))["RunStatus"]);
        await driver.AdvanceUntilAsync(running);
        Assert.Equal("success", Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"))["RunStatus"]);
    }

    [Theory]
    [InlineData("22.11.2026")]
    [InlineData("")]
    [InlineData("1999-12-31")]
    public async Task A_moment_that_is_none_or_before_which_no_run_ended_is_an_invalid_date(string endingBefore) =>
        Assert.Equal("invalid-date-parameter", await driver.ClearRunsAsync(endingBefore));

    [Fact]
    public async Task The_full_synchronization_warning_can_be_suppressed() =>
        Assert.Equal("success", await driver.AskAsync(Target, "SuppressFullSyncWarning"));

    [Fact]
    public async Task Every_count_is_a_number()
    {
        string[] counts =
        [
            "NumExportAdd", "NumExportUpdate", "NumExportDelete", "NumImportAdd", "NumImportUpdate", "NumImportDelete", "NumImportNoChange",
            "NumCSObjects", "NumConnectors", "NumExplicitConnectors", "NumTotalConnectors", "NumDisconnectors", "NumExplicitDisconnectors",
            "NumFilteredDisconnectors", "NumTotalDisconnectors", "NumPlaceholders",
        ];

        foreach (var count in counts)
            Assert.Equal("0", await driver.AskAsync(Source, count));
    }

    [Fact]
    public async Task A_cancelled_call_does_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => driver.RunImpatientlyAsync(Target, Profiles.Export, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => driver.Server.QueryAsync("SELECT * FROM MIIS_Server", cancelled.Token));
        Assert.Equal("", await driver.AskAsync(Target, "RunNumber"));
    }
}
