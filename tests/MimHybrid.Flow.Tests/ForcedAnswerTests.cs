using MimHybrid.Agent;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>A forced request has its answer on its own row, for whoever asked from another process and knows neither settings nor planner.</summary>
public sealed class ForcedAnswerTests
{
    [Fact]
    public async Task A_request_that_nothing_hinders_is_taken()
    {
        await using var world = await World.StartSettledAsync();
        var request = Ask(world, "Full");
        var cycle = Assert.Single(await world.RunAllAsync());
        Assert.Equal(new ForcedRequestState(cycle.Id, IsWithdrawn: false, Answer: null), world.Store.Requests.ReadForcedRun(request));
    }

    [Fact]
    public async Task In_a_maintenance_window_it_waits_and_says_until_when()
    {
        await using var world = await World.StartSettledAsync(settings =>
            settings.MaintenanceWindows.Add(new() { Cron = "0 13 * * *", Duration = TimeSpan.FromHours(2) }));
        world.Pass(TimeSpan.FromHours(1.5));
        var (first, second) = (Ask(world, "Full"), Ask(world, "ChangeDriven"));
        Assert.Empty(await world.RunAllAsync());

        Assert.All([first, second], request =>
        {
            var answer = world.Store.Requests.ReadForcedRun(request)!.Answer!;
            Assert.Equal((ForcedAnswerKind.Waiting, new DateTimeOffset(2026, 11, 22, 15, 0, 0, TimeSpan.Zero)), (answer.Kind, answer.Until));
            Assert.Contains("a maintenance window is open until 15:00:00", answer.Reason, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Behind_the_removal_guard_it_is_held_and_says_what_to_do()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 2);
        await world.InviteAsync(5);
        world.DeleteGuests(3);
        await world.PollAsync();
        var request = Ask(world, "Full");
        Assert.Empty(await world.RunAllAsync());

        var answer = world.Store.Requests.ReadForcedRun(request)!.Answer!;
        Assert.Equal((ForcedAnswerKind.Held, null), (answer.Kind, answer.Until));
        Assert.Contains("mimhybrid approve removals", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_that_does_not_exist_is_refused_and_keeps_nobody_waiting()
    {
        await using var world = await World.StartSettledAsync();
        var (unknown, full) = (Ask(world, "Half"), Ask(world, "Full"));
        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(cycle.Id, world.Store.Requests.ReadForcedRun(full)!.Cycle);
        var answer = world.Store.Requests.ReadForcedRun(unknown)!.Answer!;
        Assert.Equal(ForcedAnswerKind.Refused, answer.Kind);
        Assert.Equal("this agent's settings have no sequence 'Half'; allowed is ChangeDriven or Fallback or Nightly or Full", answer.Reason);
        Assert.IsType<Decision.Wait>(world.Decide());
    }

    [Fact]
    public async Task Whoever_asks_an_agent_that_does_not_answer_is_told_after_a_minute_and_the_request_is_taken_back()
    {
        await using var world = await World.StartSettledAsync();
        var folder = Path.GetDirectoryName(world.Store.Path)!;
        using var agent = DataFolder.TryLock(folder); // it is there, and its loop stands still
        using var reader = AgentReader.Open(folder);
        using var requests = RequestStore.Open(folder);
        var begun = world.Clock.GetUtcNow();

        Assert.Equal(ExitCode.CycleFailed, await new ForcedRunElsewhere(requests, reader, world.Waits).RunAsync(Force(folder), Token));
        Assert.InRange(world.Clock.GetUtcNow() - begun, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
        Assert.IsType<Decision.Wait>(world.Decide());
    }

    [Fact]
    public async Task Whoever_asks_an_agent_that_is_gone_may_serve_himself()
    {
        await using var world = await World.StartSettledAsync();
        var folder = Path.GetDirectoryName(world.Store.Path)!;
        using var reader = AgentReader.Open(folder);
        using var requests = RequestStore.Open(folder);
        Assert.Null(await new ForcedRunElsewhere(requests, reader, world.Waits).RunAsync(Force(folder), Token));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RunValues Force(string folder) =>
        new(new CommonValues(folder, null, Sandbox: false, Rehearsal: null, [])) { Force = true, Sequence = "Full" };

    private static long Ask(World world, string sequence) =>
        world.Store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, world.Clock.GetUtcNow());
}
