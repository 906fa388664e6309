using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Servers that cannot be asked, before and while a run is going.</summary>
public sealed class LostConnectionTests : IDisposable
{
    private const string Stopped = "stopped-user-termination-from-wmi-or-ui";

    private readonly SyncServerScene scene = new();
    private readonly CancellationTokenSource cancel = new();

    [Theory]
    [InlineData(CimFailure.AccessDenied, "cim-access-denied", ResultClass.NeedsPerson)]
    [InlineData(CimFailure.InvalidNamespace, "cim-invalid-namespace", ResultClass.NeedsPerson)]
    [InlineData(CimFailure.Unreachable, "cim-unreachable", ResultClass.TryAgain)]
    [InlineData(CimFailure.NoNativeLibrary, "cim-no-native-library", ResultClass.NeedsPerson)]
    public async Task A_server_that_cannot_be_asked_is_a_result_and_no_exception(CimFailure failure, string word, ResultClass expected)
    {
        scene.Script.RefuseCalls(failure);

        var report = await scene.Server.RunAsync(ImportOfAdma, scene.Tell, TestContext.Current.CancellationToken);

        Assert.Equal((word, expected), (report.Result.Raw, report.Result.Class));
        Assert.Null(report.RunNumber);
        Assert.Equal("the server could not be asked", report.CountersMissing);
    }

    [Fact]
    public async Task An_agent_that_does_not_exist_is_a_result_too()
    {
        var report = await scene.RunAsync(ImportOfAdma with { ManagementAgent = "HR" });

        Assert.Equal("cim-not-found", report.Result.Raw);
        Assert.Equal(ResultClass.NeedsPerson, report.Result.Class);
    }

    [Theory]
    [InlineData("RunStatus")]
    [InlineData("RunNumber")]
    public async Task A_server_that_never_answers_is_given_up_and_nothing_was_started(string method)
    {
        scene.Wire.Loses = method;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("cim-unreachable", report.Result.Raw);
        Assert.Equal(["MIM could not be asked, so nothing was started: The provider did not answer within SyncServer:AnswerDeadline (00:05:00)."], scene.Told);
        Assert.InRange(report.EndedAt - report.StartedAt, scene.Settings.AnswerDeadline, scene.Settings.AnswerDeadline * 2);
        Assert.Null(await scene.LastRunAsync());
    }

    [Fact]
    public async Task A_server_that_freezes_in_mid_run_does_not_freeze_us()
    {
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var asked = scene.Time.GetUtcNow();
        var run = await StartAsync();

        scene.Wire.Loses = "RunDetails";
        var report = await scene.PlayAsync(run);

        Assert.True(report.StoppedByDeadline);
        Assert.False(report.CountersKnown);
        var longest = scene.Settings.LongestRun + (2 * scene.Settings.StopGrace) + scene.Settings.LookupDeadline;
        Assert.InRange(scene.Time.GetUtcNow() - asked, scene.Settings.LongestRun, longest); // also where one answer may take longer
    }

    [Fact]
    public async Task A_service_that_shuts_down_in_mid_run_ends_the_run()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync();

        await scene.Sandbox.RestartServiceAsync();
        var report = await scene.PlayAsync(run);

        Assert.Equal("stopped-service-shutdown", report.Result.Raw);
        Assert.Equal(ResultClass.TryAgain, report.Result.Class);
        Assert.Equal(1, report.RunNumber);
    }

    [Fact]
    public async Task A_run_whose_connection_broke_is_followed_to_its_end()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var run = await StartAsync();

        scene.Wire.Break(CimFailure.Unreachable);
        await scene.UntilToldAsync("The run is not over");
        var report = await scene.PlayAsync(run);

        Assert.Equal("success", report.Result.Raw);
        Assert.Equal(3, report.Counters.Staged);
        Assert.Equal(
            [
                "No answer came from MIM (cim-unreachable), which says nothing of the run: it is looked for in MIM's history. "
                    + "The wire broke.",
                "MIM's history has it as run 1, in-progress.",
                "The run is not over (in-progress): its end is waited for, up to 12:00:00.",
            ],
            scene.Told.Take(3));
        Assert.Matches(@"^It ended 36\d\d s later: success\.$", scene.Told.Last());
    }

    /// <summary>The provider's own connection to the service can break as well as ours: its word says nothing of the run.</summary>
    [Theory]
    [InlineData("connection-failure")]
    [InlineData("call-failure:0x800706BA")]
    [InlineData("")]
    public async Task A_run_of_which_Execute_only_says_that_the_call_failed_is_followed_to_its_end(string word)
    {
        scene.Wire.Answers = (_, method) => method == "Execute" ? RunUnheard(word) : null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("completed-no-objects", 1), (report.Result.Raw, report.RunNumber));
        Assert.Matches(@"^It ended 6\d\d s later: completed-no-objects\.$", scene.Told.Last());
    }

    /// <summary>Rights are taken away in mid-run, and a service that restarts knows no management agent for a moment.</summary>
    [Theory]
    [InlineData(CimFailure.AccessDenied)]
    [InlineData(CimFailure.NotFound)]
    [InlineData(CimFailure.InvalidNamespace)]
    [InlineData(CimFailure.InvalidClass)]
    public async Task A_run_that_is_refused_after_it_has_begun_is_followed_to_its_end(CimFailure failure)
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var run = await StartAsync();

        scene.Wire.Break(failure);
        var report = await scene.PlayAsync(run);

        Assert.Equal(("success", 1, 3L), (report.Result.Raw, report.RunNumber, report.Counters.Staged));
    }

    /// <summary>
    /// The details of a run that goes on may say nothing (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run).
    /// </summary>
    [Fact]
    public async Task A_run_whose_connection_broke_is_followed_even_if_a_running_run_does_not_tell_who_started_it()
    {
        scene.Wire.RunDetails = details => details.Contains("in-progress", StringComparison.Ordinal) ? "<run-history/>" : details;
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromHours(1) });
        var run = await StartAsync();

        scene.Wire.Break(CimFailure.Unreachable);
        var report = await scene.PlayAsync(run);

        Assert.Equal(("success", 1, 3L), (report.Result.Raw, report.RunNumber, report.Counters.Staged));
    }

    [Fact]
    public async Task A_run_whose_connection_broke_is_stopped_all_the_same_when_it_takes_too_long()
    {
        scene.Settings.LongestRun = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync();

        scene.Wire.Break(CimFailure.Unreachable);
        var report = await scene.PlayAsync(run);

        Assert.Equal((Stopped, true, 1), (report.Result.Raw, report.StoppedByDeadline, report.RunNumber));
        Assert.InRange(report.EndedAt - report.StartedAt, scene.Settings.LongestRun, scene.Settings.LongestRun + scene.Settings.StopGrace);
        Assert.Contains("It runs longer than SyncServer:LongestRun (00:05:00) allows.", scene.Told);
    }

    [Fact]
    public async Task Cancelling_stops_a_run_whose_connection_broke_too()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync();
        scene.Wire.Break(CimFailure.Unreachable);
        await scene.UntilToldAsync("The run is not over (in-progress)");

        await cancel.CancelAsync();
        var report = await scene.PlayAsync(run);

        Assert.Equal((Stopped, false, 1), (report.Result.Raw, report.StoppedByDeadline, report.RunNumber));
        Assert.Equal("MIM was asked to stop the run and answered 'success'.", scene.Told.Last());
    }

    [Fact]
    public async Task A_run_is_found_again_when_the_server_soon_answers()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromSeconds(10) });
        var run = await StartAsync();

        scene.Script.RefuseCalls(CimFailure.Unreachable);
        scene.Wire.Break(CimFailure.Other);
        await scene.PassAsync(TimeSpan.FromSeconds(30));
        scene.Script.AnswerCalls();
        var report = await scene.PlayAsync(run);

        Assert.Equal("success", report.Result.Raw);
        Assert.Equal(1, report.RunNumber);
        Assert.Equal(3, report.Counters.Staged);
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_is_given_up_after_the_deadline()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { HangsUntilStopped = true });
        var run = await StartAsync();

        scene.Script.RefuseCalls(CimFailure.Unreachable);
        scene.Wire.Break(CimFailure.Unreachable);
        var report = await scene.PlayAsync(run);

        Assert.Equal("cim-unreachable", report.Result.Raw);
        Assert.Null(report.RunNumber);
        Assert.False(report.CountersKnown);
    }

    [Fact]
    public async Task A_server_that_falls_silent_after_the_run_leaves_the_word_but_no_counters()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromMinutes(1) });
        var run = await StartAsync();

        scene.Script.RefuseCalls(CimFailure.Unreachable);
        var report = await scene.PlayAsync(run);

        Assert.Equal("success", report.Result.Raw);
        Assert.Null(report.RunNumber);
        Assert.False(report.CountersKnown);
    }

    public void Dispose()
    {
        cancel.Dispose();
        scene.Dispose();
    }

    /// <summary>Execute comes back with a word that is not the run's, which goes on.</summary>
    private string RunUnheard(string word)
    {
        _ = scene.Sandbox.StartForeignRunAsync(new ForeignRun("ADMA", Import, TimeSpan.FromMinutes(10), Us));
        return word;
    }

    private async Task<Task<RunReport>> StartAsync()
    {
        var run = scene.Start(ImportOfAdma, cancel.Token);
        await scene.UntilRunningAsync("ADMA");
        return run;
    }
}
