using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class ScriptTests(LoopbackGraph graph) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SyncServerDriver driver = new(graph);

    private SyncServerScript Script => driver.Server.Script;

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task The_next_run_answers_as_scripted_and_the_one_after_as_usual()
    {
        Script.Answer(Target, Profiles.Export, "stopped-deadlocked");

        Assert.Equal("stopped-deadlocked", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("stopped-deadlocked", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
    }

    [Fact]
    public async Task The_nth_run_is_counted_per_agent_and_profile()
    {
        Script.Answer(Target, Profiles.Export, "completed-warnings", nth: 2);

        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("success", await driver.RunAsync(Source, Profiles.Export));
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.FullSynchronization));
        Assert.Equal("completed-warnings", await driver.RunAsync(Target, Profiles.Export));
    }

    [Fact]
    public async Task A_standing_plan_holds_until_the_script_is_reset()
    {
        Script.PlanEvery(Target, Profiles.Export, new RunPlan { Result = "stopped-server-down" });
        Script.Answer(Target, Profiles.Export, "success", nth: 2);

        Assert.Equal("stopped-server-down", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("stopped-server-down", await driver.RunAsync(Target, Profiles.Export));
        Script.Reset();
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
    }

    [Theory]
    [InlineData("no-start-ma-already-running")]
    [InlineData("no-start-ma-update-in-progress")]
    [InlineData("access-denied")]
    [InlineData("call-failure:0x8023063D")]
    public async Task A_word_said_at_the_door_leaves_no_row(string word)
    {
        Script.Answer(Target, Profiles.Export, word);

        Assert.Equal(word, await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("", await driver.AskAsync(Target, "RunNumber"));
    }

    [Theory]
    [InlineData("no-start-credentials", 0)]
    [InlineData("stopped-deadlocked", 0)]
    [InlineData("completed-transient-objects", 1)]
    [InlineData("a-word-nobody-knows", 1)]
    public async Task A_step_that_ended_early_has_done_nothing_and_any_other_has_done_its_work(string word, int staged)
    {
        driver.Tenant.Invite("Ada Lovelace");
        Script.Answer(Source, Profiles.FullImport, word);

        Assert.Equal(word, await driver.RunAsync(Source, Profiles.FullImport));

        Assert.Equal("1", await driver.AskAsync(Source, "RunNumber"));
        Assert.Equal(staged, await driver.CountAsync(Source, "NumImportAdd"));
    }

    [Fact]
    public async Task An_early_return_goes_on_until_the_status_says_success()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { ReturnsEarlyBy = Minute });

        Assert.Equal("completing-referential-updates", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("completing-referential-updates", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunEndTime"));
        Assert.Equal("no-start-ma-already-running", await driver.RunAsync(Target, Profiles.Export));

        driver.Time.Advance(Minute);
        Assert.Equal("success", await driver.AskAsync(Target, "RunStatus"));
    }

    [Fact]
    public async Task A_hanging_step_hangs_until_it_is_stopped()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var execute = driver.RunAsync(Target, Profiles.Export);
        driver.Time.Advance(TimeSpan.FromDays(2));
        Assert.False(execute.IsCompleted);

        Assert.Equal("success", await driver.AskAsync(Target, "Stop"));

        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await execute);
    }

    [Fact]
    public async Task A_run_can_take_longer_than_usual()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { Duration = Minute });
        var execute = driver.RunAsync(Target, Profiles.Export);
        Assert.False(execute.IsCompleted);

        driver.Time.Advance(Minute);

        Assert.Equal("success", await execute);
    }

    [Fact]
    public async Task A_foreign_run_blocks_the_agent_and_carries_another_name()
    {
        var foreign = driver.Server.StartForeignRunAsync(new ForeignRun(Target, Profiles.FullSynchronization, Minute, @"CONTOSO\somebody"));

        Assert.Equal("no-start-ma-already-running", await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal("call-failure:0x8023063D", await driver.RunAsync(Source, Profiles.DeltaSynchronization));

        driver.Time.Advance(Minute);
        Assert.Equal("success", await foreign);
        Assert.Equal(
            @"CONTOSO\somebody", (await driver.LastRunAsync(Target)).Root.Element("run-details")!.Element("security-id")!.Value);
    }

    [Fact]
    public async Task A_foreign_run_that_slips_in_and_stays_refuses_ours()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { SlipsIn = new ForeignRun(Target, Profiles.FullImport, Minute) });
        Assert.Equal("", await driver.AskAsync(Target, "RunStatus"));

        Assert.Equal("no-start-ma-already-running", await driver.RunAsync(Target, Profiles.Export));

        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal(Profiles.FullImport, await driver.AskAsync(Target, "RunProfile"));
    }

    [Fact]
    public async Task A_foreign_run_that_slips_in_and_ends_takes_the_number_before_ours()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { SlipsIn = new ForeignRun(Target, Profiles.Export, TimeSpan.Zero) });

        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));

        var run = (await driver.LastRunAsync(Target)).Root.Element("run-details")!;
        Assert.Equal(("2", @"SANDBOX\MIMSyncUser"), (run.Element("run-number")!.Value, run.Element("security-id")!.Value));
    }

    [Fact]
    public async Task A_foreign_run_needs_an_agent() => await Assert.ThrowsAsync<ArgumentException>(
        () => driver.Server.StartForeignRunAsync(new ForeignRun("FIMMA", Profiles.Export, Minute)));

    [Fact]
    public async Task A_stopped_service_answers_nothing_until_it_is_started()
    {
        await driver.Server.StopServiceAsync();

        await AssertRefusedAsync(CimFailure.Unreachable);

        driver.Server.StartService();
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
    }

    [Fact]
    public async Task A_stopping_service_ends_runs_in_flight()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        Script.Plan(Source, Profiles.FullImport, new RunPlan { HangsUntilStopped = true });
        var executes = new[] { driver.RunAsync(Target, Profiles.Export), driver.RunAsync(Source, Profiles.FullImport) };

        await driver.Server.RestartServiceAsync();

        Assert.Equal(["stopped-service-shutdown", "stopped-service-shutdown"], await Task.WhenAll(executes));
        Assert.Equal("stopped-service-shutdown", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
    }

    [Fact]
    public async Task A_service_that_goes_away_can_take_the_calls_under_way_with_it()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var execute = driver.RunAsync(Target, Profiles.Export);

        await driver.Server.RestartServiceAsync(cutsCalls: true);

        Assert.Equal(CimFailure.Unreachable, (await Assert.ThrowsAsync<CimConnectionException>(() => execute)).Failure);
        Assert.Equal("stopped-service-shutdown", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
    }

    [Fact]
    public async Task The_newest_runs_are_known_from_outside_even_while_no_call_is_answered()
    {
        Script.Plan(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var execute = driver.RunAsync(Target, Profiles.Export);
        Script.RefuseCalls(CimFailure.Unreachable);
        Assert.Equal([new LastRun(Target, 1, Profiles.Export, IsGoing: true)], driver.Server.LastRuns);

        await driver.Server.StopServiceAsync();
        await execute;
        Assert.Equal([new LastRun(Target, 1, Profiles.Export, IsGoing: false)], driver.Server.LastRuns);
    }

    [Fact]
    public async Task The_server_is_settled_when_no_run_is_to_come()
    {
        Assert.True(driver.Server.IsSettled);
        driver.Tenant.Invite("Ada Lovelace");
        foreach (var (agent, profile) in new[] { (Source, Profiles.FullImport), (Source, Profiles.DeltaSynchronization), (Target, Profiles.Export), (Target, Profiles.DeltaImport) })
        {
            await driver.SucceedAsync(agent, profile);
            Assert.False(driver.Server.IsSettled);
        }

        await driver.SucceedAsync(Target, Profiles.DeltaSynchronization);
        Assert.True(driver.Server.IsSettled);
    }

    [Theory]
    [InlineData(CimFailure.AccessDenied)]
    [InlineData(CimFailure.InvalidNamespace)]
    public async Task Every_call_can_be_refused(CimFailure failure)
    {
        Script.RefuseCalls(failure);

        await AssertRefusedAsync(failure);

        Script.AnswerCalls();
        Assert.Equal("", await driver.AskAsync(Target, "RunStatus"));
    }

    [Theory]
    [InlineData("access-denied")]
    [InlineData("connection-failure")]
    public async Task Every_method_can_answer_one_word_while_instances_are_still_found(string word)
    {
        Script.AnswerMethodsWith(word);

        Assert.Equal(word, await driver.RunAsync(Target, Profiles.Export));
        Assert.Equal(word, await driver.AskAsync(Target, "NumExportAdd"));
        Assert.Equal(2, (await driver.QueryAsync("SELECT * FROM MIIS_ManagementAgent")).Count);
    }

    [Fact]
    public void A_plan_for_the_run_before_the_next_makes_no_sense() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Script.Answer(Target, Profiles.Export, "success", nth: 0));

    private async Task AssertRefusedAsync(CimFailure failure)
    {
        var query = await Assert.ThrowsAsync<CimConnectionException>(() => driver.QueryAsync("SELECT * FROM MIIS_Server"));
        var call = await Assert.ThrowsAsync<CimConnectionException>(() => driver.RunAsync(Target, Profiles.Export));
        Assert.Equal((failure, failure), (query.Failure, call.Failure));
    }
}
