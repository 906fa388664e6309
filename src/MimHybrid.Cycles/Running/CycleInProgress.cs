using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Arrivals;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>A cycle while it runs: what it has done so far, and its page in the run log.</summary>
/// <param name="id">Its number.</param>
/// <param name="source">The steps that bring the guests; null where nothing can be compared.</param>
internal sealed partial class CycleInProgress(long id, SourceProfiles? source, CycleStore cycles, TimeProvider time, ILogger logger)
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
    /// <param name="text">For people.</param>
    /// <param name="unnamed">The same without naming a person; null where it names nobody.</param>
    public void Decide(string text, string? unnamed)
    {
        cycles.NoteDecision(id, Decision(text, unnamed));
        Log.Decided(logger, id, text);
    }

    /// <summary>As <see cref="Decide(string, string?)"/>, of nobody by name.</summary>
    public void Decide(string text) => Decide(text, unnamed: null);

    /// <summary>Writes down something that people have to look into, while the cycle goes on.</summary>
    public void Find(string finding)
    {
        cycles.NoteDecision(id, Found(new Finding(finding)));
        TellFinding(finding);
    }

    /// <summary>The guests' synchronization begins: until it has been seen, nobody knows what it brought.</summary>
    public void BeginArrival(Step step)
    {
        if (source?.Synchronizes(step) == true) cycles.BeginArrival(id);
    }

    /// <summary>Writes down how a step ended, with all that follows from it: a crash leaves all of it or nothing.</summary>
    /// <param name="step">The step, as it was run.</param>
    /// <param name="position">Its position in the run log.</param>
    /// <param name="report">How it ended.</param>
    /// <param name="verdict">What follows from that.</param>
    /// <param name="finding">Something in it that people have to look into; null where there is nothing.</param>
    public void EndStep(Step step, int position, Mim.Runs.RunReport report, Verdict verdict, Finding? finding)
    {
        // Also where it did not end well: what the guests' synchronization brought, it brought.
        var seen = source?.Synchronizes(step) == true ? Seen.With(report, source.IsFull(step)) : null;
        Seen = seen ?? Seen;
        var end = RunReportRecord.ToEnd(step.At(position), report, verdict is Verdict.GoOn);
        var refusal = Learn(end);
        cycles.EndStep(id, end with
        {
            Seen = seen?.Counts,
            Decisions =
            [
                .. new[] { finding, refusal?.Finding }.OfType<Finding>().Select(Found),
                .. verdict.Note is { } note ? new[] { Decision(note) } : [],
            ],
        });

        if (finding is not null) TellFinding(finding.Text);
        Log.StepEnded(logger, id, step, report.Result.Raw, report.RunNumber is { } number ? $" (run {number})" : "");
        if (refusal is not null) Tell(refusal);
        if (verdict.Note is { } decided) Log.Decided(logger, id, decided);
        Facts.Learn(step, report, goesOn: verdict is Verdict.GoOn);
    }

    /// <summary>Writes down how a step of an earlier cycle ended, which went on in MIM when a crash cut that cycle off.</summary>
    public void EndCutOffStep(long earlier, StepEnd end)
    {
        var refusal = Learn(end);
        cycles.EndStep(earlier, end);
        if (refusal is not null) Tell(refusal);
    }

    /// <summary>A step has nothing to do.</summary>
    /// <param name="step">Which.</param>
    /// <param name="reason">Why, for people.</param>
    public void PassStep(Step step, string reason)
    {
        var planned = step.At(Enter(step));

        // Only the count of what is pending says that nothing is refused any more; another condition of an export says nothing of it.
        if (step is { Kind: StepKind.Export, When: not StepCondition.PendingExports })
        {
            cycles.SkipStep(id, planned, reason);
            return;
        }

        var over = step.Kind == StepKind.Export
            ? RefusalNews.Of(cycles.ReadRefused(step.ManagementAgent), ExportRefusals.None)
            : null;
        cycles.PassStep(id, planned, reason);
        if (over is not null) Tell(over);
    }

    /// <summary>Before the step is written down: what is news is so beside what was known.</summary>
    private RefusalNews? Learn(StepEnd end) =>
        end.Refusals is { } refusals ? RefusalNews.Of(cycles.ReadRefused(end.Step.ManagementAgent), refusals) : null;

    /// <summary>A refusal alarms once; that it lasts is told without alarm, since it may last for days.</summary>
    private void Tell(RefusalNews refusal)
    {
        if (refusal.Finding is not { } finding) Log.NoneRefused(logger, id, refusal.ManagementAgent);
        else if (refusal.IsNew) Log.Refused(logger, id, finding.Text);
        else Log.StillRefused(logger, id, refusal.ManagementAgent);
    }

    private CycleDecision Decision(string text, string? unnamed = null) => new(time.GetUtcNow(), Position, text) { Unnamed = unnamed };

    private CycleDecision Found(Finding finding) => Decision(
        CycleDecision.FindingMark + finding.Text, finding.Unnamed is { } unnamed ? CycleDecision.FindingMark + unnamed : null);

    private void TellFinding(string finding)
    {
        Facts.AnyFindings = true;
        Log.Found(logger, id, finding);
    }

    private static partial class Log
    {
        [LoggerMessage(1002, LogLevel.Information, "Cycle {Cycle}: {Step}: {Result}{Run}")]
        public static partial void StepEnded(ILogger logger, long cycle, Step step, string result, string run);

        [LoggerMessage(1006, LogLevel.Information, "Cycle {Cycle}: {Decision}")]
        public static partial void Decided(ILogger logger, long cycle, string decision);

        [LoggerMessage(1007, LogLevel.Warning, "Cycle {Cycle}: {Finding}")]
        public static partial void Found(ILogger logger, long cycle, string finding);

        [LoggerMessage(1031, LogLevel.Warning, "Cycle {Cycle}: {Refusal}")]
        public static partial void Refused(ILogger logger, long cycle, string refusal);

        [LoggerMessage(1032, LogLevel.Information,
            "Cycle {Cycle}: the directory of {ManagementAgent} still refuses what it refused before; mimhybrid status names it")]
        public static partial void StillRefused(ILogger logger, long cycle, string managementAgent);

        [LoggerMessage(1033, LogLevel.Information, "Cycle {Cycle}: the directory of {ManagementAgent} refuses no account any more")]
        public static partial void NoneRefused(ILogger logger, long cycle, string managementAgent);
    }
}
