using System.Globalization;
using System.Text;
using System.Text.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>The run log for people.</summary>
internal sealed class RunLogText(TimeZoneInfo zone)
{
    /// <summary>A first enumeration can be the cause of fifty thousand: a person reads these many, and the rest with --json.</summary>
    private const int ChangesShown = 20;

    private const int ErrorsShown = 5;

    public string Of(CycleRecord cycle)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Cycle {cycle.Id}  {Local(cycle.StartedAt)}  {cycle.Function} {cycle.Sequence}  {cycle.Outcome.ToWords()}").AppendLine(Took(cycle.StartedAt, cycle.EndedAt));
        text.AppendLine(CultureInfo.InvariantCulture, $"  because   {Printable.Of(cycle.Reason)}");
        AppendChanges(text, cycle.Changes);
        if (cycle.Approval is { } approval)
            text.AppendLine(CultureInfo.InvariantCulture, $"  approved  {approval.Amounts}, by {approval.By}, {Local(approval.At)}");
        AppendDecisions(text, cycle, 0);
        foreach (var step in cycle.Steps)
        {
            AppendStep(text, step);
            AppendDecisions(text, cycle, step.Position);
        }

        if (cycle.Arrival is { } arrival) text.AppendLine(CultureInfo.InvariantCulture, $"  arrival   {arrival}");
        if (cycle.Failure is { } failure) text.AppendLine(CultureInfo.InvariantCulture, $"  ended     {Printable.Of(failure)}");
        if (cycle.NextDecision is { } next) text.AppendLine(CultureInfo.InvariantCulture, $"  then      {next}");
        return text.ToString();
    }

    /// <summary>MIM's number of a run; nothing where MIM started none.</summary>
    public static string Run(int? number) => number is { } run ? string.Create(CultureInfo.InvariantCulture, $"  run {run}") : "";

    private void AppendChanges(StringBuilder text, IReadOnlyList<GuestChange> changes)
    {
        foreach (var change in changes.Take(ChangesShown))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {change.Kind.ToString().ToLowerInvariant(),-9} {GuestText.Of(change)}, detected {Local(change.DetectedAt)}");
        if (changes.Count > ChangesShown)
            text.AppendLine(CultureInfo.InvariantCulture, $"            and {changes.Count - ChangesShown} more (all of them: --json)");
    }

    private static void AppendStep(StringBuilder text, StepRecord step)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {step.ManagementAgent,-6} {step.RunProfile,-26} ");
        if (step.SkippedBecause is { } reason)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"skipped: {reason}");
            return;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"{step.Result ?? "running"}{Run(step.RunNumber)}{Took(step.StartedAt, step.EndedAt)}{Counters(step.Counters)}");
        if (!string.IsNullOrEmpty(step.Advice)) text.AppendLine(CultureInfo.InvariantCulture, $"         {step.Advice}");
        AppendErrors(text, step);
    }

    private static void AppendDecisions(StringBuilder text, CycleRecord cycle, int step)
    {
        foreach (var decision in cycle.Decisions.Where(decision => decision.Step == step))
            text.AppendLine(CultureInfo.InvariantCulture, $"         - {Printable.Of(decision.Text)}");
    }

    private static void AppendErrors(StringBuilder text, StepRecord step)
    {
        if (step.Errors is null) return;
        using var errors = JsonDocument.Parse(step.Errors);
        foreach (var error in errors.RootElement.EnumerateArray().Take(ErrorsShown))
            text.AppendLine("         " + Printable.Of($"{(error.GetProperty("object").GetString() is { Length: > 0 } name ? name : "an object without a name")}: {error.GetProperty("type").GetString()} {error.GetProperty("detail").GetString()}").TrimEnd());
        if (step.ErrorCount > ErrorsShown)
            text.AppendLine(CultureInfo.InvariantCulture, $"         and {step.ErrorCount - ErrorsShown} more errors");
    }

    /// <summary>"  staging: stage-add 1; outbound ADMA: provisioned-add-flow 1".</summary>
    private static string Counters(string? json)
    {
        if (json is null) return "";
        using var counters = JsonDocument.Parse(json);
        var groups = counters.RootElement.EnumerateObject()
            .SelectMany(group => group.Name == "outbound"
                ? group.Value.EnumerateObject().Select(target => (Name: $"outbound {target.Name}", target.Value))
                : [(group.Name, group.Value)])
            .Select(group => $"{group.Name}: {string.Join(", ", group.Value.EnumerateObject().Select(counter => $"{counter.Name} {counter.Value.GetRawText()}"))}");
        return string.Join("; ", groups) is { Length: > 0 } all ? $"  {all}" : "";
    }

    private static string Took(DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        ({ } start, { } end) when end - start < TimeSpan.FromMinutes(1) => string.Create(CultureInfo.InvariantCulture, $"  {(end - start).TotalSeconds:0.0} s"),
        ({ } start, { } end) => $"  {Duration.Of(end - start)}",
        _ => "",
    };

    private string Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
