using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Planning;

/// <summary>Whether MIM has connected another number of guests than Graph knows, so that only a Full can bring them together.</summary>
internal static class CountsApart
{
    /// <summary>
    /// The newest comparison where two in a row differ, else null. Once a cycle that reads everything has ended with a difference, the two
    /// numbers mean different things here, because the management agent brings members too or rules leave guests out: they say nothing
    /// until such a cycle has found them the same again.
    /// </summary>
    public static GuestTotals? Find(FunctionSettings timer, AgentSnapshot snapshot) =>
        timer.RunsAs().Equals(ShippedSequences.Full, StringComparison.OrdinalIgnoreCase)
        && snapshot.NewestTotals is [{ Agree: false } newest, { Agree: false } before]
        && FindLastReading(snapshot) is { Agree: true } together && before.At > together.At
        ? newest
        : null;

    /// <summary>The comparison that the last cycle that read everything ended with; null where it made none.</summary>
    private static GuestTotals? FindLastReading(AgentSnapshot snapshot) =>
        snapshot.LastSuccess.Keys.Where(sequence => ShippedSequences.Covers(sequence, ShippedSequences.Fallback))
            .MaxBy(sequence => snapshot.LastSuccess[sequence]) is { } last
            ? snapshot.LastTotals.GetValueOrDefault(last)
            : null;
}
