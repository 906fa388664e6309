using MimHybrid.Core.RunLog;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// What the tenant's guests were and since when, as the tenant itself has it: unlike the <see cref="Witness"/> it does not take the agent's
/// word for what changed.
/// </summary>
internal sealed class GuestHistory(TenantDirectory people)
{
    private readonly record struct Values(string? DisplayName, string? Mail, string? GivenName, string? Surname, string? UserPrincipalName);

    private readonly Dictionary<string, List<(Values? Values, DateTimeOffset Since)>> lives = [];

    /// <summary>Looks at everybody, after something was done to somebody.</summary>
    public void Look(DateTimeOffset now)
    {
        var guests = people.Guests.ToDictionary(guest => guest.Id, guest => (Values?)Of(guest));
        foreach (var id in guests.Keys.Union(lives.Keys).ToList())
        {
            var values = guests.GetValueOrDefault(id);
            if (!lives.TryGetValue(id, out var life)) lives[id] = life = [];
            if (life.Count == 0 || life[^1].Values != values) life.Add((values, now));
        }
    }

    /// <summary>
    /// Whoever is a guest in the end was in a good cycle that knew of the last change to a selected value. Who only became again what they
    /// had been before may have done so between two polls: of them a cycle with an earlier change is enough.
    /// </summary>
    public void EndsInCycles(IReadOnlyList<CycleRecord> log)
    {
        var carried = log.Where(cycle => cycle.EndedWell).SelectMany(cycle => cycle.Changes).ToLookup(change => change.Id, change => change.DetectedAt);
        Assert.All(lives.Where(life => life.Value[^1].Values is not null), life =>
        {
            var (values, since) = life.Value[^1];
            var isNew = life.Value.Count(state => state.Values == values) == 1;
            Assert.True(carried[life.Key].Any(at => !isNew || at >= since), $"{values}, so since {since:u}, was in no cycle afterwards.");
        });
    }

    private static Values Of(TenantUser guest) => new(guest.DisplayName, guest.Mail, guest["givenName"], guest["surname"], guest.UserPrincipalName);
}
