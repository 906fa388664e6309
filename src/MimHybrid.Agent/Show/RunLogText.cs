using System.Globalization;
using System.Text;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>The run log for people.</summary>
internal sealed class RunLogText(TimeZoneInfo zone)
{
    /// <summary>A first baseline can be the cause of fifty thousand: a person reads these many, and the rest with --json.</summary>
    private const int ChangesShown = 20;

    private const int ErrorsShown = 5;

    public string Of(CycleRecord cycle)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"Cycle {cycle.Id}  {Local(cycle.StartedAt)}  {cycle.Function} {cycle.Sequence}  {cycle.Outcome.ToWords()}").AppendLine(Took(
                cycle.StartedAt, cycle.EndedAt));
        text.AppendLine(CultureInfo.InvariantCulture, $"  because   {Printable.Of(cycle.Reason)}");
        AppendChanges(text, cycle.Changes);
        if (cycle.Approval is { } approval)
            text.AppendLine(CultureInfo.InvariantCulture, $"  approved  {approval.Amounts}, by {approval.By}, {Local(approval.At)}");
        AppendDecisions(text, cycle, 0);
        foreach (var step in cycle.Steps)
        {
            AppendStep(text, cycle, step);
            AppendDecisions(text, cycle, step.Position);
        }

        if (cycle.Arrival is { } arrival) text.AppendLine(CultureInfo.InvariantCulture, $"  arrival   {arrival}");
        if ((cycle.FailureBrief ?? cycle.Failure) is { } failure)
            text.AppendLine(CultureInfo.InvariantCulture, $"  ended     {Printable.Of(failure)}");
        if ((cycle.NextBrief ?? cycle.NextDecision) is { } next)
            text.AppendLine(CultureInfo.InvariantCulture, $"  then      {Printable.Of(next)}");
        return text.ToString();
    }

    /// <summary>MIM's number of a run; nothing where MIM started none.</summary>
    public static string Run(int? number) => number is { } run ? string.Create(CultureInfo.InvariantCulture, $"  run {run}") : "";

    private void AppendChanges(StringBuilder text, IReadOnlyList<GuestChange> changes)
    {
        foreach (var change in changes.Take(ChangesShown))
            text.Append(CultureInfo.InvariantCulture, $"  {change.Words,-9} {GuestText.Of(change)}, ")
                .AppendLine(CultureInfo.InvariantCulture, $"detected {Local(change.DetectedAt)}");
        if (changes.Count > ChangesShown)
            text.AppendLine(CultureInfo.InvariantCulture, $"            and {changes.Count - ChangesShown} more (all of them: --json)");
    }

    /// <summary>What to do is said once: a step that was tried four times has one cause.</summary>
    private static bool IsLastWith(string? advice, CycleRecord cycle, StepRecord step) =>
        !string.IsNullOrEmpty(advice) && !cycle.Steps.Any(later => later.Position > step.Position && later.Advice == advice);

    private static void AppendStep(StringBuilder text, CycleRecord cycle, StepRecord step)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {step.ManagementAgent,-6} {step.RunProfile,-26} ");
        if (step.SkippedBecause is { } reason)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"skipped: {reason}");
            return;
        }

        var result = step.Result ?? (cycle.Outcome == CycleOutcome.Running ? "running" : "cut off");
        text.Append(CultureInfo.InvariantCulture, $"{result}{Run(step.RunNumber)}{Took(step.StartedAt, step.EndedAt)}")
            .AppendLine(Counters(step.Counters));
        if (IsLastWith(step.Advice, cycle, step)) text.AppendLine(CultureInfo.InvariantCulture, $"         {step.Advice}");
        AppendErrors(text, step);
    }

    private static void AppendDecisions(StringBuilder text, CycleRecord cycle, int step)
    {
        foreach (var decision in cycle.Decisions.Where(decision => decision.Step == step))
            text.AppendLine(CultureInfo.InvariantCulture, $"         - {Printable.Of(decision.Text)}");
    }

    private static void AppendErrors(StringBuilder text, StepRecord step)
    {
        foreach (var error in step.Errors.Take(ErrorsShown))
            text.AppendLine("         " + Printable.Of(Say(error)).TrimEnd());
        if (step.Errors.Count > 0 && step.ErrorCount > ErrorsShown)
            text.AppendLine(CultureInfo.InvariantCulture, $"         and {step.ErrorCount - ErrorsShown} more errors");
    }

    private static string Say(StepError error) =>
        $"{(error.ObjectName.Length > 0 ? error.ObjectName : "an object without a name")}: {error.Type} {error.Detail}";

    /// <summary>"  staging: stage-add 1; outbound ADMA: provisioned-add-flow 1".</summary>
    private static string Counters(StepCounters? counters)
    {
        var groups = (counters?.Groups ?? []).Select(group =>
            $"{group.Name}: "
            + string.Join(", ", group.Counters.Select(counter => FormattableString.Invariant($"{counter.Key} {counter.Value}"))));
        return string.Join("; ", groups) is { Length: > 0 } all ? $"  {all}" : "";
    }

    private static string Took(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        ({ } start, { } end) when end - start < TimeSpan.FromMinutes(1) =>
            string.Create(CultureInfo.InvariantCulture, $"  {(end - start).TotalSeconds:0.0} s"),
        ({ } start, { } end) => $"  {Duration.Of(end - start)}",
        _ => "",
    };

    private string Local(DateTimeOffset time) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
