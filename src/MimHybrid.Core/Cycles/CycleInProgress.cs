using Microsoft.Extensions.Logging;
using MimHybrid.Core.Cycles.Arrivals;
using MimHybrid.Core.RunLog;
using MimHybrid.Core.Store;

namespace MimHybrid.Core.Cycles;

/// <summary>A cycle while it runs: what it has done so far, and its page in the run log.</summary>
/// <param name="id">Its number.</param>
/// <param name="source">The steps that bring the guests; null where nothing can be compared.</param>
internal sealed partial class CycleInProgress(long id, SourceProfiles? source, AgentStore store, TimeProvider time, ILogger logger)
{
    public long Id => id;

    public CycleFacts Facts { get; } = new();

    /// <summary>What the guests' management agent showed in the synchronizations so far.</summary>
    public SeenArrivals Seen { get; private set; } = SeenArrivals.Nothing;

    /// <summary>The step that is at hand, for whoever has to say where it failed.</summary>
    public Step? Current { get; private set; }

    /// <summary>The position of the last step written down; 0 before any.</summary>
    public int Position { get; private set; }

    /// <summary>Gives a step its position in the run log.</summary>
    public int Enter(Step step)
    {
        Current = step;
        return ++Position;
    }

    public void Approach(Step step) => Current = step;

    /// <summary>Writes down what was decided about the last step and why, or what it waits for.</summary>
    public void Decide(string text)
    {
        store.NoteDecision(id, new CycleDecision(time.GetUtcNow(), Position, text));
        Log.Decided(logger, id, text);
    }

    /// <summary>Writes down something that people have to look into, while the cycle goes on.</summary>
    public void Find(string finding)
    {
        Facts.AnyFindings = true;
        store.NoteDecision(id, new CycleDecision(time.GetUtcNow(), Position, $"Finding: {finding}"));
        Log.Found(logger, id, finding);
    }

    /// <summary>The guests' synchronization begins: until it has been seen, nobody knows what it brought.</summary>
    public void BeginArrival(Step step)
    {
        if (source?.Synchronizes(step) == true) store.BeginArrival(id);
    }

    /// <summary>Counts what the guests' synchronization brought, also where it did not end well.</summary>
    public void See(Step step, Mim.Runs.RunReport report)
    {
        if (source?.Synchronizes(step) != true) return;
        Seen = Seen.With(report, source.IsFull(step));
        store.RecordSeen(id, Seen.Counts);
    }

    private static partial class Log
    {
        [LoggerMessage(1006, LogLevel.Information, "Cycle {Cycle}: {Decision}")]
        public static partial void Decided(ILogger logger, long cycle, string decision);

        [LoggerMessage(1007, LogLevel.Warning, "Cycle {Cycle}: {Finding}")]
        public static partial void Found(ILogger logger, long cycle, string finding);
    }
}
