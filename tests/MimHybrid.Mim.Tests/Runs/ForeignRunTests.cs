using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Runs that somebody else started.</summary>
public sealed class ForeignRunTests : IDisposable
{
    private const string Waiting = "ADMA waits: on ";
    private const string SlippedIn = "Somebody else's run began in the same moment, so MIM started nothing (";

    private readonly SyncServerScene scene = new();

    [Fact]
    public async Task A_run_on_the_same_agent_is_waited_for_and_told_once_with_who_and_since_when()
    {
        Running("ADMA", $"<run-history><run-details><security-id>{Somebody}</security-id></run-details></run-history>");
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.True(foreign.IsCompleted);
        Assert.Equal(2, report.RunNumber);
        Assert.Equal(
            [
                $"ADMA waits: on ADMA the run profile '{Import}' runs, started by {Somebody} at 2026-11-22 08:00:00.000 UTC. "
                    + "It is waited for up to 00:30:00 (SyncServer:ForeignRunDeadline).",
                "ADMA is idle after 600 s; ADMA goes on.",
            ],
            scene.Told);
        Assert.Contains("started by somebody at 2026-11-22 08:00:00.000 UTC", scene.ToldUnnamed.First(), StringComparison.Ordinal);
    }

    /// <summary>As MIM does it: while a run goes on, RunDetails says nothing, or fails.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("call-failure")]
    public async Task A_run_of_whom_nobody_knows_is_waited_for_and_told_as_far_as_it_is_known(string details)
    {
        Running("ADMA", details);
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((true, 2), (foreign.IsCompleted, report.RunNumber));
        Assert.Equal(
            $"ADMA waits: on ADMA the run profile '{Import}' runs, started at 2026-11-22 08:00:00.000 UTC; "
                + "MIM does not tell by whom while it runs. It is waited for up to 00:30:00 (SyncServer:ForeignRunDeadline).",
            scene.Told.First());
    }

    [Fact]
    public async Task A_run_of_which_nothing_is_known_is_told_without_guesses()
    {
        scene.Wire.HidesHistory = true;
        scene.Wire.Answers = (_, method) => method == "RunProfile" ? "call-failure" : null;
        _ = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        await scene.RunAsync(ImportOfAdma);

        Assert.StartsWith(
            "ADMA waits: ADMA runs; MIM does not tell since when or by whom while it runs. ", scene.Told.First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_deleted_between_the_list_and_the_look_is_in_nobody_s_way()
    {
        scene.Wire.Answers = (target, method) => target.KeyValue == "AADMA" && method == "RunStatus"
            ? throw new CimConnectionException(CimFailure.NotFound, "There is none.") : null;

        Assert.Equal(ResultClass.Success, (await scene.RunAsync(SynchronizationOfAdma)).Result.Class);
        Assert.Empty(scene.Told);
    }

    [Fact]
    public async Task A_synchronization_waits_until_every_agent_is_idle()
    {
        // An import that is known to be nothing more, which the server itself would let run beside a synchronization.
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));

        var report = await scene.RunAsync(
            SynchronizationOfAdma with { ManagementAgent = "AADMA", KnownToSynchronize = (_, _) => false });

        Assert.True(foreign.IsCompleted);
        Assert.Equal(ResultClass.Success, report.Result.Class);
    }

    [Fact]
    public async Task An_import_waits_for_a_synchronization_on_another_agent()
    {
        var foreign = scene.StartForeign("AADMA", Synchronization, TimeSpan.FromMinutes(10));

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.True(foreign.IsCompleted);
        Assert.Equal(1, report.RunNumber);
        Assert.StartsWith($"ADMA waits: on AADMA the run profile '{Synchronization}' runs", scene.Told.First(), StringComparison.Ordinal);
    }

    /// <summary>A management agent that cannot say whether it runs is not idle: nothing is started beside what nobody can see.</summary>
    [Theory]
    [InlineData("call-failure:0x80070006", "cim-failed")]
    [InlineData("connection-failure", "cim-unreachable")]
    [InlineData("access-denied", "cim-access-denied")]
    public async Task Another_agent_that_cannot_say_how_it_is_does_not_count_as_idle(string word, string result)
    {
        scene.Wire.Answers = (target, method) => target.KeyValue == "AADMA" && method == "RunStatus" ? word : null;

        var report = await scene.RunAsync(SynchronizationOfAdma);

        Assert.Equal((result, null), (report.Result.Raw, report.RunNumber));
        Assert.Equal([$"MIM could not be asked, so nothing was started: RunStatus of 'AADMA' answered '{word}'."], scene.Told);
        Assert.Null(await scene.LastRunAsync());
    }

    /// <summary>Wherever it runs: a synchronization is in the way of every agent.</summary>
    [Theory]
    [InlineData("ADMA", Import)]
    [InlineData("AADMA", Synchronization)]
    public async Task A_run_that_outlasts_the_deadline_is_a_result_and_nothing_was_started(string managementAgent, string profile)
    {
        _ = scene.StartForeign(managementAgent, profile, TimeSpan.FromHours(2));

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("not-started-foreign-run", report.Result.Raw);
        Assert.Equal(ResultClass.TryAgain, report.Result.Class);
        Assert.Null(report.RunNumber);
        Assert.Equal("the run was not started", report.CountersMissing);
        Assert.Equal(scene.Settings.ForeignRunDeadline, report.EndedAt - report.StartedAt);
        Assert.Equal(
            $"{managementAgent} still runs, longer than SyncServer:ForeignRunDeadline (00:30:00) allows: nothing is started.",
            scene.Told.Last());
        Assert.Equal("1", (await scene.LastRunAsync(managementAgent))?["RunNumber"]);
    }

    /// <summary>The next of somebody's runs slips in before each of our starts; each by itself is over in time.</summary>
    [Fact]
    public async Task The_deadline_is_for_all_waits_of_a_step_together_however_often_it_is_tried()
    {
        for (var nth = 1; nth <= 3; nth++)
            scene.Script.Plan(
                "ADMA", Import, new RunPlan { SlipsIn = new ForeignRun("ADMA", Synchronization, TimeSpan.FromMinutes(20), Somebody) }, nth);

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("not-started-foreign-run", report.Result.Raw);
        Assert.InRange(
            report.EndedAt - report.StartedAt,
            scene.Settings.ForeignRunDeadline, scene.Settings.ForeignRunDeadline + (2 * scene.Settings.PollInterval));
    }

    [Fact]
    public async Task Whoever_asked_is_asked_after_the_waits_whether_the_run_may_start_and_may_say_no()
    {
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));
        var hadWaited = false;

        var report = await scene.PlayAsync(scene.Begin(
            () => scene.Server.RunAsync(ImportOfAdma, scene.Tell, TestContext.Current.CancellationToken, MayStart)));

        Assert.True(hadWaited);
        Assert.Equal(("not-started-held", null, "the run was not started"), (report.Result.Raw, report.RunNumber, report.CountersMissing));
        Assert.Equal("1", (await scene.LastRunAsync())?["RunNumber"]);

        Task<bool> MayStart(CancellationToken cancellationToken)
        {
            hadWaited = foreign.IsCompleted;
            return Task.FromResult(false);
        }
    }

    [Fact]
    public async Task A_run_that_slips_in_between_look_and_start_is_waited_for_too()
    {
        var foreign = new ForeignRun("ADMA", Synchronization, TimeSpan.FromMinutes(3), Somebody);
        scene.Script.Plan("ADMA", Import, new RunPlan { SlipsIn = foreign });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("completed-no-objects", report.Result.Raw);
        Assert.Equal(2, report.RunNumber);
        Assert.Single(scene.Telling(SlippedIn));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task A_start_that_was_refused_is_tried_again_whether_or_not_MIM_writes_a_row_for_it(bool leavesRow, int number)
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Result = "no-start-ma-already-running", LeavesRow = leavesRow });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("success", number, 3L), (report.Result.Raw, report.RunNumber, report.Counters.Staged));
    }

    [Fact]
    public async Task A_synchronization_that_slips_in_on_another_agent_is_waited_for_too()
    {
        var foreign = new ForeignRun("AADMA", Synchronization, TimeSpan.FromMinutes(3), Somebody);
        scene.Script.Plan("ADMA", Synchronization, new RunPlan { SlipsIn = foreign });

        var report = await scene.RunAsync(SynchronizationOfAdma);

        Assert.Equal(ResultClass.Success, report.Result.Class);
        Assert.Equal(1, report.RunNumber);
    }

    [Theory]
    [InlineData("no-start-ma-already-running")]
    [InlineData("call-failure:0x8023063D")]
    public async Task A_start_that_is_refused_again_and_again_ends_with_MIMs_own_word_after_the_deadline(string word)
    {
        scene.Script.PlanEvery("ADMA", Synchronization, new RunPlan { Result = word });

        var report = await scene.RunAsync(SynchronizationOfAdma);

        Assert.Equal((word, null, "the start was refused"), (report.Result.Raw, report.RunNumber, report.CountersMissing));
        Assert.Equal([$"{SlippedIn}{word}): it is waited for, and this is tried again."], scene.Told);
    }

    [Fact]
    public async Task A_start_that_is_refused_again_and_again_is_tried_ever_more_rarely_down_to_once_a_minute()
    {
        var tries = new List<DateTimeOffset>();
        scene.Wire.Answers = (_, method) =>
        {
            if (method != "Execute") return null;
            tries.Add(scene.Time.GetUtcNow());
            return "no-start-ma-already-running";
        };

        await scene.RunAsync(ImportOfAdma);

        Assert.Equal([2, 4, 8, 16, 32, 60, 60], tries.Zip(tries.Skip(1), (one, next) => (next - one).TotalSeconds).Take(7));
    }

    /// <summary>Between the last question and the start, too.</summary>
    [Fact]
    public async Task Cancelled_at_the_last_moment_nothing_is_started()
    {
        using var cancel = new CancellationTokenSource();
        scene.Wire.Answers = (_, method) =>
        {
            if (method == "RunNumber") cancel.Cancel();
            return method == "RunNumber" ? "0" : null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.PlayAsync(scene.Start(ImportOfAdma, cancel.Token)));
        Assert.Null(await scene.LastRunAsync());
    }

    [Fact]
    public async Task Cancelling_the_wait_starts_and_stops_nothing()
    {
        using var cancel = new CancellationTokenSource();
        var foreign = scene.StartForeign("ADMA", Import, TimeSpan.FromMinutes(10));
        var run = scene.Start(ImportOfAdma, cancel.Token);
        await scene.UntilToldAsync(Waiting);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.PlayAsync(run));
        Assert.False(foreign.IsCompleted);
    }

    public void Dispose() => scene.Dispose();

    /// <summary>What a management agent's RunDetails says while a run goes on.</summary>
    private void Running(string managementAgent, string details) => scene.Wire.Answers = (target, method) =>
        (target.ClassName, target.KeyValue, method) == ("MIIS_ManagementAgent", managementAgent, "RunDetails") ? details : null;
}
