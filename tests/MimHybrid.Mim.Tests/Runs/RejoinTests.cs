using System.Text.RegularExpressions;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>Runs that this program lost sight of when it ended, looked for when it is back.</summary>
public sealed class RejoinTests : IDisposable
{
    private readonly SyncServerScene scene = new();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whether_a_lost_run_was_ever_started_is_not_answered_while_the_server_is_away()
    {
        scene.Script.RefuseCalls(CimFailure.Unreachable);

        await Assert.ThrowsAsync<CimConnectionException>(() => RejoinAsync(ImportOfAdma, scene.Time.GetUtcNow()));
    }

    /// <summary>Its time counts from its own beginning: before it, the agent may have waited for others.</summary>
    [Fact]
    public async Task A_run_that_outlived_this_program_has_no_more_time_than_another_and_is_stopped()
    {
        var asked = scene.Time.GetUtcNow();
        await scene.PassAsync(TimeSpan.FromMinutes(4));
        var begun = scene.Time.GetUtcNow();
        StartUnheard(new RunPlan { HangsUntilStopped = true });
        await scene.PassAsync(TimeSpan.FromMinutes(8));

        var report = await RejoinAsync(ImportOfAdma with { LongestRun = TimeSpan.FromMinutes(10) }, asked);

        Assert.Equal(("stopped-user-termination-from-wmi-or-ui", true), (report?.Result.Raw, report?.StoppedByDeadline));
        Assert.InRange(report!.EndedAt - begun, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10) + scene.Settings.StopGrace);
        Assert.Equal(
            [
                "MIM's history has it as run 1, in-progress.",
                "The run is not over (in-progress): its end is waited for, up to 00:02:00.",
                "It runs longer than the step's LongestRun (00:10:00) allows.",
                "MIM was asked to stop the run and answered 'success'.",
            ],
            scene.Told);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<(start|end)-date>.*?</(start|end)-date>")]
    public async Task A_run_that_ended_while_this_program_was_away_has_its_own_times_from_its_details_or_its_row(string lost)
    {
        scene.Wire.RunDetails = details => Regex.Replace(details, lost, "");
        var asked = scene.Time.GetUtcNow();
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        StartUnheard(new RunPlan { Duration = TimeSpan.FromMinutes(2) });
        await scene.PassAsync(TimeSpan.FromHours(3));

        var report = await RejoinAsync(ImportOfAdma, asked);

        Assert.Equal(asked.AddMinutes(1), report?.StartedAt);
        Assert.InRange(report!.EndedAt, asked.AddMinutes(3), asked.AddMinutes(4));
        Assert.Equal("MIM's history has it as run 1, completed-no-objects.", scene.Told.First());
    }

    /// <summary>By then the agent's status is that of the later run, and its account may have started both.</summary>
    [Fact]
    public async Task A_run_that_outlived_this_program_is_told_from_those_that_came_after_it()
    {
        var asked = scene.Time.GetUtcNow();
        StartUnheard(new RunPlan());
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        StartUnheard(new RunPlan { Result = "stopped-server" });
        await scene.PassAsync(TimeSpan.FromMinutes(1));

        var report = await RejoinAsync(ImportOfAdma, asked);

        Assert.Equal(("completed-no-objects", 1), (report?.Result.Raw, report?.RunNumber));
    }

    [Fact]
    public async Task A_run_of_the_same_profile_that_began_long_before_is_none_that_outlived_this_program()
    {
        await scene.RunAsync(ImportOfAdma);
        await scene.PassAsync(TimeSpan.FromMinutes(6));

        Assert.Null(await RejoinAsync(ImportOfAdma, scene.Time.GetUtcNow()));
        Assert.Equal(["It cannot be found: the history shows no run that began after the start was asked for."], scene.Told);
    }

    /// <summary>As of one with so many errors that the provider gives up: it may have exported, and somebody has to look at that.</summary>
    [Theory]
    [InlineData("call-failure", "the run details could not be read: RunDetails of '{0A1B2C3D-0000-4000-8000-00000000AD01}1' answered "
        + "'call-failure', so that it cannot be told from somebody else's")]
    [InlineData("<run-history/>", "the details of run 1 do not tell who started it, so that it cannot be told from somebody else's")]
    public async Task A_run_whose_details_cannot_be_read_is_not_taken_for_one_that_was_never_started(string details, string missing)
    {
        scene.Wire.Answers = (target, method) => target.ClassName == "MIIS_RunHistory" && method == "RunDetails" ? details : null;
        var asked = scene.Time.GetUtcNow();
        StartUnheard(new RunPlan());

        var report = await RejoinAsync(ImportOfAdma, asked);

        Assert.Equal(("cim-unreachable", missing), (report?.Result.Raw, report?.CountersMissing));
        Assert.Equal([$"It cannot be found: {missing}."], scene.Told);
    }

    public void Dispose() => scene.Dispose();

    private Task<RunReport?> RejoinAsync(RunRequest request, DateTimeOffset askedAt) =>
        scene.PlayAsync(scene.Begin(() => scene.Server.RejoinAsync(request, lastRunNumber: 0, askedAt, scene.Tell, TestEnd)));

    /// <summary>A run by our account that nobody waits for, as after the end of this program.</summary>
    private void StartUnheard(RunPlan plan)
    {
        scene.Script.Plan("ADMA", Import, plan);
        _ = Turns.Outside(() => scene.Sandbox.InvokeAsync(
            new CimTarget("MIIS_ManagementAgent", "Name", "ADMA"), "Execute", [new CimArgument("RunProfileName", Import)], TestEnd));
    }
}
