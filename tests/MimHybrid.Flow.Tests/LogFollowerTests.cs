using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Flow.Tests;

/// <summary><c>log --follow</c> tells each cycle and each step once, whichever process of the agent wrote them.</summary>
public sealed class LogFollowerTests
{
    [Fact]
    public async Task Each_step_is_told_once_and_what_was_there_before_is_not_told()
    {
        await using var world = await World.StartSettledAsync();
        var follower = new LogFollower();
        follower.Begin(world.Store.Reader);
        Assert.Empty(follower.Look(world.Store.Reader));

        await world.InviteAsync(1);
        var rows = follower.Look(world.Store.Reader).ToList();
        Assert.Equal(("2", "began"), (rows[0].Cycles, rows[0].Result));
        Assert.Equal(5, rows.Count(row => row.Why.StartsWith("  A", StringComparison.Ordinal)));
        Assert.Equal("1 account made", rows[^1].Result);
        Assert.Empty(follower.Look(world.Store.Reader));

        world.Restart();
        world.People.Invite("Ida Kern", "ida.kern@fabrikam.example");
        await world.PollAndRunAsync();
        Assert.Equal("3", follower.Look(world.Store.Reader).Select(row => row.Cycles).Distinct().Single());
    }

    [Fact]
    public async Task A_cycle_is_followed_while_it_runs()
    {
        await using var world = await World.StartSettledAsync();
        var follower = new LogFollower();
        follower.Begin(world.Store.Reader);
        world.Mim.Script.Answer("AADMA", "Delta Import (Stage Only)", "no-start-connection");
        List<LogRow> meanwhile = [];
        world.Waits.During = _ =>
        {
            meanwhile.AddRange(follower.Look(world.Store.Reader));
            return Task.CompletedTask;
        };
        await world.InviteAsync(1);

        Assert.Contains(meanwhile, row => row.Result.StartsWith("no-start-connection", StringComparison.Ordinal));
        Assert.DoesNotContain(follower.Look(world.Store.Reader), row => row.Result is "began" || row.Result.StartsWith("no-start", StringComparison.Ordinal));
    }
}
