using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Mim.Results;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>One cycle in full, for people.</summary>
/// <param name="zone">The time zone of the times.</param>
/// <param name="verbose">With MIM's own counters in the place of words.</param>
internal sealed class RunLogText(TimeZoneInfo zone, bool verbose = false)
{
    /// <summary>A first baseline can be the cause of fifty thousand: a person reads these many, and the rest with --json.</summary>
    private const int ChangesShown = 20;

    private const int ErrorsShown = 5;

    private const string Indent = "            ";

    public Sheet Of(CycleRecord cycle)
    {
        var sheet = new Sheet().Row($"Cycle {cycle.Id}  ", $"{Local(cycle.StartedAt)}  {cycle.Function} {cycle.Sequence}  "
            + $"{cycle.Outcome.ToWords()}{Took(cycle.StartedAt, cycle.EndedAt)}", Tone.Strong, Tone.Strong);
        sheet.Row("  because   ", cycle.Reason);
        AddChanges(sheet, cycle);
        if (cycle.Approval is { } approval) sheet.Row("  approved  ", $"{approval.Amounts}, by {approval.By}, {Local(approval.At)}");
        AddDecisions(sheet, cycle, 0);
        foreach (var step in cycle.Steps)
        {
            AddStep(sheet, cycle, step);
            AddDecisions(sheet, cycle, step.Position);
        }

        if (cycle.Arrival is { } arrival) sheet.Row("  arrival   ", arrival.ToString());
        if ((cycle.FailureBrief ?? cycle.Failure) is { } failure) sheet.Row("  ended     ", failure, Tone.Bad);
        if ((cycle.NextBrief ?? cycle.NextDecision) is { } next) sheet.Row("  then      ", next);
        return sheet.Blank();
    }

    /// <summary>MIM's number of a run; nothing where MIM started none.</summary>
    public static string Run(int? number) => number is { } run ? string.Create(CultureInfo.InvariantCulture, $"  run {run}") : "";

    private void AddChanges(Sheet sheet, CycleRecord cycle)
    {
        foreach (var change in cycle.Changes.Take(ChangesShown))
        {
            var fate = GuestFate.Of(cycle, change);
            var tone = fate.StartsWith("refused", StringComparison.Ordinal) ? Tone.Bad : Tone.Plain;
            sheet.Row($"  {change.Words,-9} ",
                $"{GuestText.Of(change)}, seen {Local(change.DetectedAt)}{(fate.Length > 0 ? $": {fate}" : "")}", tone);
        }

        if (cycle.Changes.Count > ChangesShown)
            sheet.Row(Indent, $"and {cycle.Changes.Count - ChangesShown} more (all of them: --json)");
    }

    /// <summary>What to do is said once: a step that was tried four times has one cause.</summary>
    private static bool IsLastWith(string? advice, CycleRecord cycle, StepRecord step) =>
        !string.IsNullOrEmpty(advice) && !cycle.Steps.Any(later => later.Position > step.Position && later.Advice == advice);

    private void AddStep(Sheet sheet, CycleRecord cycle, StepRecord step)
    {
        var label = $"  {step.ManagementAgent,-6} {step.RunProfile,-26} ";
        if (step.SkippedBecause is { } reason)
        {
            sheet.Row(label, $"skipped: {reason}", Tone.Faint);
            return;
        }

        var result = step.Result ?? (cycle.Outcome == CycleOutcome.Running ? "running" : "cut off");
        var counters = verbose ? CounterWords.Raw(step.Counters) : CounterWords.Of(step.Counters);
        var isAdvised = IsLastWith(step.Advice, cycle, step);
        sheet.Row(
            label, $"{result}{Run(step.RunNumber)}{Took(step.StartedAt, step.EndedAt)}{(counters.Length > 0 ? $"  {counters}" : "")}",
            isAdvised ? Tone.Warning : Tone.Plain);
        AddErrors(sheet, step);
        if (isAdvised) sheet.Row("         ", AdviceFor(step));
    }

    /// <summary>Where a directory refused accounts, the errors say which, and each kind of error has a remedy of its own.</summary>
    private static string AdviceFor(StepRecord step) => step is { Refused: > 0, Errors.Count: > 0 }
        ? string.Join(' ', step.Errors.Select(error => ExportErrors.Do(error.Type, step.ManagementAgent)).Distinct())
            + " The next cycle tries again; to try now: mimhybrid --force."
        : step.Advice!;

    /// <summary>What the errors of the step say already is not said again.</summary>
    private static void AddDecisions(Sheet sheet, CycleRecord cycle, int step)
    {
        var isToldByErrors = cycle.Steps.Any(each => each is { Refused: > 0, Errors.Count: > 0 } && each.Position == step);
        bool IsNews(string text) =>
            !isToldByErrors || !text.StartsWith($"{CycleDecision.FindingMark}The directory of ", StringComparison.Ordinal);
        foreach (var decision in cycle.Decisions.Where(decision => decision.Step == step && IsNews(decision.Text)))
            sheet.Row("         - ", decision.Text);
    }

    private static void AddErrors(Sheet sheet, StepRecord step)
    {
        foreach (var error in step.Errors.Take(ErrorsShown))
        {
            var name = error.ObjectName.Length > 0 ? error.ObjectName : "an object without a name";
            var said = string.Join(' ', new[] { error.Type, error.Detail }.Where(text => text.Length > 0));
            sheet.Row("         ", $"{Printable.Name(name)}: {said}", Tone.Bad);
        }

        if (step.Errors.Count > 0 && step.ErrorCount > ErrorsShown)
            sheet.Row("         ", string.Create(CultureInfo.InvariantCulture, $"and {step.ErrorCount - ErrorsShown} more errors"));
    }

    public static string Took(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        ({ } start, { } end) when end - start < TimeSpan.FromMinutes(1) =>
            string.Create(CultureInfo.InvariantCulture, $"  {(end - start).TotalSeconds:0.0} s"),
        ({ } start, { } end) => $"  {Duration.Of(end - start)}",
        _ => "",
    };

    private string Local(DateTimeOffset time) => WallClock.WithDate(time, zone);
}
