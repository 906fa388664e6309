namespace MimHybrid.Flow.Tests.Stories;

/// <summary>What an administrator reads of hours in which hardly anything happens.</summary>
public sealed class QuietStories
{
    [Fact]
    public async Task A_quiet_afternoon()
    {
        await using var world = await World.StartSettledAsync();
        var told = new Story(world).Happens("nothing, for two hours");
        for (var hour = 0; hour < 2; hour++) await PassAsync(world, TimeSpan.FromHours(1));
        told.Tell().Happens("Guest 01 is invited; when the account is there, somebody deletes it by hand");
        await world.InviteAsync(1);
        Assert.True(world.Mim.Directory.DeleteByHand(Assert.Single(world.Mim.Directory.Accounts).DistinguishedName));
        await PassAsync(world, TimeSpan.FromHours(1));
        await Approved.MatchesAsync(told.Tell().ToString());
    }

    [Fact]
    public async Task A_night()
    {
        await using var world = await World.StartSettledAsync();
        var told = new Story(world).Happens("nothing, until a quarter past four; then the server is off for three hours");
        world.Pass(TimeSpan.FromHours(16.25));
        await world.RunAllAsync();
        told.Tell();
        world.Pass(TimeSpan.FromHours(3));
        world.Restart();
        await world.RunAllAsync();
        told.Tell().Happens("nothing, for an hour");
        await PassAsync(world, TimeSpan.FromHours(1));
        await Approved.MatchesAsync(told.Tell().ToString());
    }

    private static async Task PassAsync(World world, TimeSpan time)
    {
        world.Pass(time);
        await world.PollAsync();
        await world.RunAllAsync();
    }
}
