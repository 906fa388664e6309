using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>
/// The floor between two cycles of the same cause: whatever the settings and whatever came of it, no function starts a cycle right after
/// one that it started (src/README.md#the-planner).
/// </summary>
internal sealed class CycleRest(AgentSettings settings)
{
    /// <summary>Until when that function rests. A cycle that ended in the future means that the clock was set back since.</summary>
    public DateTimeOffset Until(string function, AgentSnapshot snapshot, DateTimeOffset now) =>
        snapshot.LastEnded.TryGetValue(function, out var ended) && ended <= now ? ended + settings.ShortestPause : DateTimeOffset.MinValue;
}
