using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>What one question does not answer says nothing of the others: a run is known as far as it can be read.</summary>
public sealed class UnreadDetailsTests : IDisposable
{
    private const string Key = "{0A1B2C3D-0000-4000-8000-00000000AD01}1";

    private readonly SyncServerScene scene = new();

    [Fact]
    public async Task Details_that_fail_alone_cost_the_counters_and_neither_the_number_nor_a_minute()
    {
        FailAlways("RunDetails");
        var asked = scene.Time.GetUtcNow();

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("completed-no-objects", 1, false), (report.Result.Raw, report.RunNumber, report.CountersKnown));
        Assert.Equal($"the run details could not be read: RunDetails of '{Key}' answered 'call-failure'", report.CountersMissing);
        Assert.InRange(scene.Time.GetUtcNow() - asked, TimeSpan.Zero, 3 * scene.Settings.PollInterval);
    }

    [Fact]
    public async Task Details_that_fail_once_are_read_a_moment_later()
    {
        scene.CreateAccounts(3);
        var fails = 1;
        scene.Wire.Answers = (target, method) => method == "RunDetails" && fails-- > 0 ? "call-failure" : null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((1, true, 3L), (report.RunNumber, report.CountersKnown, report.Counters.Staged));
    }

    [Fact]
    public async Task Details_that_stay_empty_cost_no_number_either()
    {
        scene.Wire.RunDetails = _ => "";

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((1, "the history does not show the end of the run"), (report.RunNumber, report.CountersMissing));
    }

    [Fact]
    public async Task A_status_that_fails_alone_does_not_hide_the_history()
    {
        scene.CreateAccounts(3);
        var asked = 0;
        scene.Wire.Answers = (target, method) => (target.KeyValue, method) == ("ADMA", "RunStatus") && ++asked > 2 ? "call-failure" : null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((1, 3L), (report.RunNumber, report.Counters.Staged));
        Assert.True(asked > 2);
    }

    /// <summary>It was ours when it was seen running: that its details fail at its end does not make it a stranger's.</summary>
    [Fact]
    public async Task A_run_that_was_followed_to_its_end_keeps_its_number_when_its_details_fail()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var run = scene.Start(ImportOfAdma, TestContext.Current.CancellationToken);
        await scene.UntilRunningAsync("ADMA");

        scene.Wire.Break(CimFailure.Unreachable);
        await scene.UntilToldAsync("The run is not over");
        FailAlways("RunDetails");
        var report = await scene.PlayAsync(run);

        Assert.Equal(("completed-no-objects", 1, false), (report.Result.Raw, report.RunNumber, report.CountersKnown));
    }

    /// <summary>Whose it is may be read in a moment: until then it is neither ours nor absent.</summary>
    [Fact]
    public async Task A_run_that_was_lost_is_looked_for_until_its_details_can_be_read()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var run = scene.Start(ImportOfAdma, TestContext.Current.CancellationToken);
        await scene.UntilRunningAsync("ADMA");
        var fails = 3;
        scene.Wire.Answers = (_, method) => method == "RunDetails" && fails-- > 0 ? "call-failure" : null;

        scene.Wire.Break(CimFailure.Unreachable);
        var report = await scene.PlayAsync(run);

        Assert.Equal(("completed-no-objects", 1, true), (report.Result.Raw, report.RunNumber, report.CountersKnown));
        Assert.True(fails < 0);
    }

    [Fact]
    public async Task The_keys_of_the_history_may_have_a_hyphen()
    {
        using var other = new SyncServerScene(differs: options => options with { RunKeysHaveHyphen = true });
        other.CreateAccounts(3);

        var report = await other.RunAsync(ImportOfAdma);

        Assert.Equal((1, 3L), (report.RunNumber, report.Counters.Staged));
        Assert.Contains("}-1", (await other.LastRunAsync())!["Key"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_ours_that_MIM_says_another_account_started_shows_that_the_account_of_the_settings_is_wrong()
    {
        scene.Settings.Account = @"SANDBOX\SomebodyElse";

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((null, Us), (report.RunNumber, report.OtherCaller));
    }

    /// <summary>Where nobody knows whether our run began at all, a stranger's run proves nothing about the settings.</summary>
    [Fact]
    public async Task A_stranger_s_run_in_place_of_one_that_was_lost_says_nothing_of_the_settings()
    {
        scene.Wire.Answers = (_, method) => method == "Execute" ? RunOfSomebody("connection-failure") : null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((null, ""), (report.RunNumber, report.OtherCaller));
    }

    public void Dispose() => scene.Dispose();

    private void FailAlways(string failing) => scene.Wire.Answers = (_, method) => method == failing ? "call-failure" : null;

    private string RunOfSomebody(string word)
    {
        _ = scene.StartForeign("ADMA", Import, TimeSpan.Zero);
        return word;
    }
}
