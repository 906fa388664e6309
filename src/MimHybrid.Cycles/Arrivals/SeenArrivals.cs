using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Arrivals;

/// <summary>
/// What the synchronizations of a cycle did to the guests' management agent, all together (MimHybrid.Mim/README.md#counters).
/// </summary>
internal sealed record SeenArrivals
{
    public static SeenArrivals Nothing { get; } = new();

    public long Added { get; init; }

    /// <summary>Connectors with a pending import that were worked on, whether or not a rule made an attribute flow from it.</summary>
    public long Updated { get; init; }

    public long Removed { get; init; }

    /// <summary>Objects whose synchronization failed: they came, and are named in the step's errors.</summary>
    public long Failures { get; init; }

    /// <summary>Why the counters are not known; empty when they are.</summary>
    public string Unknown { get; init; } = "";

    /// <summary>A full synchronization works on every connector: how many of them changed cannot be told from it.</summary>
    public bool HadFull { get; init; }

    /// <summary>As the run log keeps it; null where nothing is known.</summary>
    public GuestCounts? Counts => Unknown.Length > 0 ? null : new GuestCounts(Added, HadFull ? null : Updated, Removed);

    public SeenArrivals With(RunReport report, bool isFull)
    {
        // What MIM refused to start did nothing; any other run without counters may have done anything.
        if (report.Result.NeverStarted) return this;
        if (!report.CountersKnown) return this with { Unknown = report.CountersMissing };

        var counters = report.Counters;
        return this with
        {
            Added = Added + counters.Projected + counters.Joined,
            Updated = Updated + counters.Flowed + counters.FlowedNothing + counters.Replaced,
            Removed = Removed + counters.Disconnected,
            Failures = Failures + counters.FlowFailures,
            HadFull = HadFull || isFull,
        };
    }
}
