using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>What follows from how a step ended, and the note of it in the run log; null where it goes without saying.</summary>
internal abstract record Verdict(string? Note)
{
    /// <summary>The next step may follow.</summary>
    public sealed record GoOn(string? Note = null) : Verdict(Note);

    /// <summary>The same step again, after a wait.</summary>
    public sealed record Again(TimeSpan Wait, string Note) : Verdict(Note);

    /// <summary>Another step in its place.</summary>
    public sealed record Instead(Step Step, string Note) : Verdict(Note);

    /// <summary>The cycle ends here.</summary>
    public sealed record End(CycleEnd Cycle, string? Note = null) : Verdict(Note);
}
