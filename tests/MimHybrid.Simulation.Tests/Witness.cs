using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>Writes down which guests the agent saw change, so that afterwards each can be looked for in the run log.</summary>
internal sealed class Witness(TenantDirectory people)
{
    private readonly HashSet<string> everybody = [];
    private readonly List<(string Id, DateTimeOffset At)> seen = [];
    private Dictionary<string, string> before = [];

    /// <summary>Looks at the store before a poll.</summary>
    public void Before(AgentStore store)
    {
        everybody.UnionWith(people.Users.Select(user => user.Id));
        before = DigestsOf(store);
    }

    /// <summary>Looks again after the poll, or after it was cut off: a change is a guest who is not as before.</summary>
    public void After(AgentStore store, DateTimeOffset now)
    {
        var after = DigestsOf(store);
        seen.AddRange(everybody.Where(id => before.GetValueOrDefault(id) != after.GetValueOrDefault(id)).Select(id => (id, now)));
    }

    /// <summary>Each change is a cause of a cycle that ended well and began its first import after the change was committed.</summary>
    public void FindsEachIn(IReadOnlyList<CycleRecord> log)
    {
        var carried = log.Where(cycle => cycle.EndedWell)
            .SelectMany(cycle => cycle.Changes, (cycle, change) => (Cycle: cycle, Change: change))
            .ToLookup(carry => (carry.Change.Id, carry.Change.DetectedAt), carry => carry.Cycle);
        Assert.All(seen.CountBy(change => change), change =>
        {
            var cycles = carried[change.Key].ToList();
            Assert.True(cycles.Count >= change.Value, $"{change} was carried {cycles.Count} times.");
            Assert.All(cycles, cycle => Assert.True(cycle.Steps[0].StartedAt >= change.Key.At, $"Cycle {cycle.Id} imported before {change.Key} was known."));
        });
    }

    private Dictionary<string, string> DigestsOf(AgentStore store) => store.Guests.FindGuests(everybody).Values
        .Where(guest => guest.State == GuestState.Live)
        .ToDictionary(guest => guest.Id, guest => guest.Digest);
}
