using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>Where nothing lags, nothing is missing, whatever people do and whenever the agent looks.</summary>
public sealed class ArrivalProperties
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Without_lag_no_guest_is_ever_found_missing(int seed)
    {
        await using var world = await PlayAsync(seed, pollsBefore: false);
        Assert.All(world.RunLog, cycle => Assert.Equal((CycleOutcome.Succeeded, 0L), (cycle.Outcome, cycle.Arrival?.Missing ?? 0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task An_agent_that_has_just_looked_never_even_waits(int seed)
    {
        await using var world = await PlayAsync(seed, pollsBefore: true);
        Assert.All(world.RunLog, cycle => Assert.Empty(cycle.Decisions));
    }

    private static async Task<World> PlayAsync(int seed, bool pollsBefore)
    {
        var chance = new Random(seed);
        var world = await World.StartSettledAsync(settings => (settings.RemovalGuard.Count, settings.RemovalGuard.Percent) = (1000, 100));
        world.Waits.During = _ => world.PollAsync();
        for (var act = 0; act < 25; act++)
        {
            Act(world.People, chance, act);
            if (pollsBefore) await world.PollAsync();
            await LookAsync(world, chance);
        }

        await world.PollAndRunAsync();
        Assert.Equal(world.People.Guests.Select(guest => guest.DisplayName).Order(StringComparer.Ordinal), world.Accounts);
        return world;
    }

    /// <summary>Somebody does something to somebody.</summary>
    private static void Act(TenantDirectory people, Random chance, int number)
    {
        var guest = Pick(people.Guests, chance);
        switch (chance.Next(8))
        {
            case 0 or 1 or 2: people.Invite($"Guest {number:00}", $"guest{number:00}@fabrikam.example"); break;
            case 3 when guest is not null: people.Delete(guest.Id); break;
            case 4 when Pick(people.DeletedItems, chance) is { } deleted: people.Restore(deleted.Id); break;
            case 5 when guest is not null: people.ConvertTo(guest.Id, "Member"); break;
            case 6 when Pick([.. people.Users.Where(user => !user.IsGuest)], chance) is { } member: people.ConvertTo(member.Id, "Guest"); break;
            case 7 when guest is not null: people.Update(guest.Id, "surname", chance.Next(3).ToString(System.Globalization.CultureInfo.InvariantCulture)); break;
            default: people.AddMember($"Member {number:00}", $"member{number:00}@contoso.example"); break;
        }
    }

    /// <summary>The agent looks, or runs, or the hour has come, or nothing happens before the next act.</summary>
    private static async Task LookAsync(World world, Random chance)
    {
        switch (chance.Next(6))
        {
            case 0 or 1: await world.PollAsync(); break;
            case 2: await world.PollAndRunAsync(); break;
            case 3: await world.RunAllAsync(); break;
            case 4: await world.ForceAsync(chance.Next(2) == 0 ? "Full" : "ChangeDriven"); break;
            default: world.Pass(TimeSpan.FromMinutes(20)); break;
        }
    }

    private static TenantUser? Pick(IReadOnlyList<TenantUser> users, Random chance) => users.Count == 0 ? null : users[chance.Next(users.Count)];
}
