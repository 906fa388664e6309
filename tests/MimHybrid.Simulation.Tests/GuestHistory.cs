using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// What the tenant's guests were and since when, as the tenant itself has it: unlike the <see cref="Witness"/> it does not take the agent's
/// word for what changed.
/// </summary>
internal sealed class GuestHistory(TenantDirectory people)
{
    private readonly record struct Values(string? DisplayName, string? Mail, string? GivenName, string? Surname, string? UserPrincipalName);

    private readonly Dictionary<string, List<(Values? Values, DateTimeOffset Since)>> lives = [];
    private readonly List<(string Id, DateTimeOffset After, DateTimeOffset Until)> toBeSeen = [];
    private (IReadOnlyDictionary<string, Values?> Guests, DateTimeOffset At) lastRound = (new Dictionary<string, Values?>(), DateTimeOffset.MinValue);

    /// <summary>Looks at everybody, after something was done to somebody.</summary>
    public void Look(DateTimeOffset now)
    {
        var guests = Guests();
        foreach (var id in guests.Keys.Union(lives.Keys).ToList())
        {
            var values = guests.GetValueOrDefault(id);
            if (!lives.TryGetValue(id, out var life)) lives[id] = life = [];
            if (life.Count == 0 || life[^1].Values != values) life.Add((values, now));
        }
    }

    /// <summary>A round came to its end, and nothing hides from it: whoever is not as at the end of the one before must have been noticed since.</summary>
    public void EndRound(DateTimeOffset now)
    {
        var guests = Guests();
        toBeSeen.AddRange(guests.Keys.Union(lastRound.Guests.Keys)
            .Where(id => guests.GetValueOrDefault(id) != lastRound.Guests.GetValueOrDefault(id))
            .Select(id => (id, lastRound.At, now)));
        lastRound = (guests, now);
    }

    /// <summary>
    /// Whoever changed from one round to the next was in a good cycle for that. Whoever is a guest in the end was in one that knew of the
    /// last change to a selected value; who only became again what they had been before may have done so between two polls: of them a
    /// cycle with an earlier change is enough.
    /// </summary>
    public void EndsInCycles(IReadOnlyList<CycleRecord> log)
    {
        var carried = log.Where(cycle => cycle.EndedWell).SelectMany(cycle => cycle.Changes).ToLookup(change => change.Id, change => change.DetectedAt);
        Assert.All(toBeSeen, guest => Assert.True(
            carried[guest.Id].Any(at => guest.After < at && at <= guest.Until),
            $"{guest.Id} changed between {guest.After:u} and {guest.Until:u}, which was in no cycle."));
        Assert.All(lives.Where(life => life.Value[^1].Values is not null), life =>
        {
            var (values, since) = life.Value[^1];
            var isNew = life.Value.Count(state => state.Values == values) == 1;
            Assert.True(carried[life.Key].Any(at => !isNew || at >= since), $"{values}, so since {since:u}, was in no cycle afterwards.");
        });
    }

    private Dictionary<string, Values?> Guests() => people.Guests.ToDictionary(guest => guest.Id, guest => (Values?)Of(guest));

    private static Values Of(TenantUser guest) => new(guest.DisplayName, guest.Mail, guest["givenName"], guest["surname"], guest.UserPrincipalName);
}
