using System.Globalization;
using MimHybrid.Mim.Results;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>A guest change that a cycle was to carry.</summary>
/// <param name="Change">What happened.</param>
/// <param name="Who">The guest, for people.</param>
/// <param name="Fate">What became of it in this cycle; empty while it runs.</param>
public sealed record ToldChange(GuestChange Change, string Who, string Fate)
{
    public Tone Tone => Fate.StartsWith("refused", StringComparison.Ordinal) ? Tone.Bad : Tone.Plain;
}

/// <summary>One cycle in full, as people read it: each thing said once, in its order.</summary>
/// <param name="Cycle">As the run log has it.</param>
public sealed record CycleTale(CycleRecord Cycle)
{
    /// <summary>A first baseline can be the cause of fifty thousand: a person reads these many.</summary>
    private const int ChangesShown = 20;

    /// <summary>"1 added, 2 removed, by CONTOSO\ada"; null where nobody had to approve anything.</summary>
    public string? Approved => Cycle.Approval is { } approval ? $"{approval.Amounts}, by {approval.By}" : null;

    public IReadOnlyList<ToldChange> Changes { get; } =
        [.. Cycle.Changes.Take(ChangesShown).Select(change => new ToldChange(change, GuestText.Of(change), GuestFate.Of(Cycle, change)))];

    public long MoreChanges => Math.Max(0, Cycle.Changes.Count - ChangesShown) + Cycle.MoreChanges;

    /// <summary>What was decided before the first step.</summary>
    public IReadOnlyList<string> Before => DecisionsOf(Cycle, 0);

    public IReadOnlyList<ToldStep> Steps { get; } =
        [.. Cycle.Steps.Select(step => new ToldStep(step, Cycle) { Decisions = DecisionsOf(Cycle, step.Position) })];

    /// <summary>"Graph said 3 added; MIM showed 2 added; 1 missing".</summary>
    public string? Arrival => Cycle.Arrival?.ToString();

    /// <summary>Why it did not end well.</summary>
    public string? Ended => Cycle.FailureBrief ?? Cycle.Failure;

    /// <summary>What the planner decided when it had ended.</summary>
    public string? Then => Cycle.NextBrief ?? Cycle.NextDecision;

    /// <summary>What the errors of the step say already is not said again.</summary>
    private static IReadOnlyList<string> DecisionsOf(CycleRecord cycle, int step)
    {
        var isToldByErrors = cycle.Steps.Any(each => each is { Refused: > 0, Errors.Count: > 0 } && each.Position == step);
        bool IsNews(string text) =>
            !isToldByErrors || !text.StartsWith($"{CycleDecision.FindingMark}{CycleDecision.RefusalBegin}", StringComparison.Ordinal);
        return [.. cycle.Decisions.Where(decision => decision.Step == step && IsNews(decision.Text)).Select(decision => decision.Text)];
    }
}

/// <summary>A step, as people read it.</summary>
/// <param name="Step">As the run log has it.</param>
/// <param name="Cycle">Its cycle: what to do is said once, below the last step that says it.</param>
public sealed record ToldStep(StepRecord Step, CycleRecord Cycle)
{
    private const int ErrorsShown = 5;

    public bool IsSkipped => Step.SkippedBecause is not null;

    /// <summary>MIM's word, or why there is none.</summary>
    public string Result => Step.SkippedBecause is { } reason
        ? $"skipped: {reason}"
        : Step.Result ?? (Cycle.Outcome == CycleOutcome.Running ? "running" : "cut off");

    public string Took => Span(Step.StartedAt, Step.EndedAt);

    /// <summary>What it counted, in words; empty where nothing changed.</summary>
    public string Counters => CounterWords.Of(Step.Counters);

    /// <summary>The first errors: whose, and what was said.</summary>
    public IReadOnlyList<(string Name, string Said)> Errors =>
    [
        .. Step.Errors.Take(ErrorsShown).Select(error => (
            Printable.Name(error.ObjectName.Length > 0 ? error.ObjectName : "an object without a name"),
            string.Join(' ', new[] { error.Type, error.Detail }.Where(text => text.Length > 0)))),
    ];

    public string? MoreErrors => Step.Errors.Count > 0 && Step.ErrorCount > ErrorsShown
        ? string.Create(CultureInfo.InvariantCulture, $"and {Step.ErrorCount - ErrorsShown} more errors")
        : null;

    /// <summary>What to do: said once, because a step that was tried four times has one cause.</summary>
    public string? Advice =>
        string.IsNullOrEmpty(Step.Advice) || Cycle.Steps.Any(later => later.Position > Step.Position && later.Advice == Step.Advice)
            ? null
            : AdviceFor(Step);

    public IReadOnlyList<string> Decisions { get; init; } = [];

    public Tone Tone => IsSkipped ? Tone.Faint : Advice is null ? Tone.Plain : Tone.Warning;

    /// <summary>"0.6 s", "00:12:07"; empty while it is not over.</summary>
    public static string Span(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        ({ } start, { } end) when end - start < TimeSpan.FromMinutes(1) =>
            string.Create(CultureInfo.InvariantCulture, $"{(end - start).TotalSeconds:0.0} s"),
        ({ } start, { } end) => Duration.Of(end - start),
        _ => "",
    };

    /// <summary>Where a directory refused accounts, the errors say which, and each kind of error has a remedy of its own.</summary>
    private static string AdviceFor(StepRecord step) => step is { Refused: > 0, Errors.Count: > 0 }
        ? string.Join(' ', step.Errors.Select(error => ExportErrors.Do(error.Type, step.ManagementAgent)).Distinct())
            + " The next cycle tries again; to try now: mimhybrid --force."
        : step.Advice!;
}
