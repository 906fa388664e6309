using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Runs that end before their time.</summary>
public sealed class StoppedRunTests : IDisposable
{
    private const string StopAnswered = "MIM was asked to stop the run and answered ";
    private const string BeingStopped = "The agent is being stopped: the run may end by itself within SyncServer:StopGrace (00:00:30).";
    private const string LeftToItself = "It goes on although MIM was asked to stop it, and the agent leaves it alone: see Synchronization Service Manager, Operations.";

    private readonly SyncServerScene scene = new();
    private readonly CancellationTokenSource cancel = new();

    [Fact]
    public async Task Cancelling_gives_the_run_a_grace_and_then_stops_it_and_the_report_says_so()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync(ImportOfAdma);

        await cancel.CancelAsync();
        await scene.PassAsync(scene.Settings.StopGrace / 2);
        Assert.False(run.IsCompleted);
        var report = await scene.PlayAsync(run);

        Assert.Equal("stopped-user-termination-from-wmi-or-ui", report.Result.Raw);
        Assert.Equal(ResultClass.StoppedByPerson, report.Result.Class);
        Assert.Equal(1, report.RunNumber);
        Assert.False(report.StoppedByDeadline);
        Assert.Equal([BeingStopped, $"{StopAnswered}'success'."], scene.Told);
    }

    [Fact]
    public async Task A_run_that_ends_within_the_grace_is_not_stopped()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromSeconds(10) });
        var run = await StartAsync(ImportOfAdma);

        await cancel.CancelAsync();
        var report = await scene.PlayAsync(run);

        Assert.Equal("success", report.Result.Raw);
        Assert.Equal(3, report.Counters.Staged);
        Assert.Equal([BeingStopped], scene.Told);
    }

    [Fact]
    public async Task Cancelled_before_the_start_nothing_is_started()
    {
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Server.RunAsync(ImportOfAdma, scene.Tell, cancel.Token));
        Assert.Null(await scene.LastRunAsync());
    }

    [Fact]
    public async Task A_run_that_outlasts_the_longest_duration_is_stopped_and_keeps_its_own_word()
    {
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.True(report.StoppedByDeadline);
        Assert.Equal(
            ["It runs longer than SyncServer:LongestRun (00:05:00) allows.", $"{StopAnswered}'success'."],
            scene.Told);
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", report.Result.Raw);
        Assert.Equal(1, report.RunNumber);
    }

    [Fact]
    public async Task A_longest_duration_of_its_own_wins_over_the_one_for_all()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });

        var report = await scene.RunAsync(ImportOfAdma with { LongestRun = TimeSpan.FromMinutes(3) });

        Assert.True(report.StoppedByDeadline);
        Assert.Equal(["It runs longer than the step's LongestRun (00:03:00) allows.", $"{StopAnswered}'success'."], scene.Told);
    }

    [Fact]
    public async Task A_run_that_a_person_stops_is_not_fought()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync(ImportOfAdma);

        Assert.Equal("success", await scene.StopByHandAsync());

        Assert.Equal(ResultClass.StoppedByPerson, (await scene.PlayAsync(run)).Result.Class);
    }

    [Fact]
    public async Task A_run_that_ignores_the_stop_is_left_to_itself_and_reported_as_still_running()
    {
        scene.Wire.Loses = "Stop";
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(ResultClass.StillRunning, report.Result.Class);
        Assert.True(report.StoppedByDeadline);
        Assert.Equal(1, report.RunNumber);
        Assert.False(report.CountersKnown);
        Assert.Equal(
            [
                "It runs longer than SyncServer:LongestRun (00:05:00) allows.",
                "MIM was asked to stop the run and did not answer within SyncServer:StopGrace (00:00:30).",
                LeftToItself,
                "Its counters cannot be trusted (the history does not show the end of the run): the steps that follow assume that it did something.",
            ],
            scene.Told);
    }

    [Fact]
    public async Task A_server_that_cannot_even_be_asked_to_stop_the_run_is_told_with_its_reason()
    {
        scene.Wire.Answers = (_, method) => method == "Stop" ? throw new CimConnectionException(CimFailure.AccessDenied, "CIM answered AccessDenied.") : null;
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((ResultClass.StillRunning, true), (report.Result.Class, report.StoppedByDeadline));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.Wire.Executing);
        Assert.Equal(["MIM could not be asked to stop the run: CIM answered AccessDenied.", LeftToItself], scene.Told.Skip(1).Take(2));
    }

    [Fact]
    public async Task Without_any_grace_MIM_is_asked_to_stop_the_run_all_the_same()
    {
        scene.Settings.StopGrace = TimeSpan.Zero;
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });

        await scene.RunAsync(ImportOfAdma);

        Assert.Equal("stopped-user-termination-from-wmi-or-ui", (await scene.LastRunAsync())?["RunStatus"]);
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_a_run_that_is_completing()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { ReturnsEarlyBy = TimeSpan.FromDays(1) });
        var run = await StartAsync(ImportOfAdma);

        await cancel.CancelAsync();
        var report = await scene.PlayAsync(run);

        Assert.Equal(ResultClass.StillRunning, report.Result.Class);
        Assert.InRange(report.EndedAt - report.StartedAt, TimeSpan.Zero, scene.Settings.LookupDeadline * 2);
    }

    public void Dispose()
    {
        cancel.Dispose();
        scene.Dispose();
    }

    private async Task<Task<RunReport>> StartAsync(RunRequest request)
    {
        var run = scene.Start(request, cancel.Token);
        await scene.UntilRunningAsync(request.ManagementAgent);
        return run;
    }
}
