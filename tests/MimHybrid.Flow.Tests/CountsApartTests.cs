namespace MimHybrid.Flow.Tests;

/// <summary>A guest whom MIM's delta has passed by: nothing but the numbers tells.</summary>
public sealed class CountsApartTests
{
    [Fact]
    public async Task Two_cycles_that_end_with_fewer_guests_in_MIM_than_graph_knows_are_followed_by_a_full()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Arrival.Enabled = false);
        world.HideChangesFromMim(reads: 2);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal("ChangeDriven", Assert.Single(await world.PollAndRunAsync()).Sequence);
        Assert.Empty(world.Accounts);

        world.Pass(TimeSpan.FromHours(1));
        var cycles = await world.PollAndRunAsync();

        Assert.Equal(["Fallback", "Full"], cycles.Select(cycle => cycle.Sequence));
        Assert.Equal("MIM has 0 guests connected and Graph knows 1, twice in a row; they had agreed before", cycles[1].Reason);
        Assert.Equal(["Lena Brandt"], world.Accounts);
        world.Pass(TimeSpan.FromHours(1));
        Assert.Equal("Fallback", Assert.Single(await world.PollAndRunAsync()).Sequence);
    }

    [Fact]
    public async Task Where_a_full_has_not_brought_them_together_none_follows()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Arrival.Enabled = false);
        world.HideChangesFromMim(reads: 9);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.Pass(TimeSpan.FromHours(1));
        var sequences = (await world.PollAndRunAsync()).Select(cycle => cycle.Sequence).ToList();
        for (var hour = 0; hour < 4; hour++)
        {
            world.Pass(TimeSpan.FromHours(1));
            sequences.AddRange((await world.PollAndRunAsync()).Select(cycle => cycle.Sequence));
        }

        Assert.Equal(["Fallback", "Full", "Fallback", "Fallback", "Fallback", "Fallback"], sequences);
    }
}
