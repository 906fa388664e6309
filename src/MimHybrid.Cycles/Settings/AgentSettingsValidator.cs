using MimHybrid.Store.Rows;
using static MimHybrid.SettingRule;

namespace MimHybrid.Cycles.Settings;

/// <summary>Every error of the settings at once, each with the setting's name, the value and what is allowed.</summary>
public static class AgentSettingsValidator
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ADay = TimeSpan.FromDays(1);
    private static readonly TimeSpan AMonth = TimeSpan.FromDays(31);

    /// <param name="inError">Whether a setting is known to be wrong already, by its name: what follows from that is not told.</param>
    public static IEnumerable<string> Validate(AgentSettings settings, Predicate<string>? inError = null) =>
        Check(settings, inError ?? (_ => false));

    private static IEnumerable<string> Check(AgentSettings settings, Predicate<string> inError) =>
    [
        .. Duration("BootDelay", settings.BootDelay, TimeSpan.Zero, ADay),
        .. Functions(settings, inError),
        .. settings.Sequences.Keys.SelectMany(name => Steps(name, settings.Sequences[name], inError)),
        .. settings.SequenceNames.SelectMany(name => SourceImport(name, settings)),
        .. Duration("ShortestPause", settings.ShortestPause, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. Number("Retries:Count", settings.Retries.Count, 0, 100),
        .. Duration("Retries:First", settings.Retries.First, TimeSpan.Zero, ADay),
        .. Duration("Retries:Longest", settings.Retries.Longest, Known("Retries:First", settings.Retries.First, inError), ADay),
        .. Number("Arrival:Retries", settings.Arrival.Retries, 0, 100),
        .. Duration("Arrival:Wait", settings.Arrival.Wait, TimeSpan.Zero, TimeSpan.FromHours(1)),
        .. Duration("Backoff:First", settings.Backoff.First, TimeSpan.Zero, ADay),
        .. Duration("Backoff:Longest", settings.Backoff.Longest, Known("Backoff:First", settings.Backoff.First, inError), ADay),
        .. Number("RemovalGuard:Count", settings.RemovalGuard.Count, 0, int.MaxValue),
        .. Number("RemovalGuard:Percent", settings.RemovalGuard.Percent, 0, 100),
        .. Number("RemovalGuard:StagedCount", settings.RemovalGuard.StagedCount, 0, int.MaxValue),
        .. Number("RemovalGuard:StagedPercent", settings.RemovalGuard.StagedPercent, 0, 100),
        .. Number("RemovalGuard:PercentFrom", settings.RemovalGuard.PercentFrom, 1, int.MaxValue),
        .. MaintenanceWindowRules.Check(settings.MaintenanceWindows, inError),
        .. Number("RunLog:KeepDays", settings.RunLog.KeepDays, 0, 36500),
        .. settings.RunLog.Report is { Length: > 0 } report && !Path.IsPathFullyQualified(report)
            ? [Wrong("RunLog:Report", report, @"the full path of a file, e.g. \\server\share\mimhybrid.html")]
            : Array.Empty<string>(),
    ];

    /// <summary>The least that a setting may be beside another one; anything beside one that is wrong itself.</summary>
    private static TimeSpan Known(string name, TimeSpan least, Predicate<string> inError) => inError(name) ? TimeSpan.Zero : least;

    private static IEnumerable<string> Functions(AgentSettings settings, Predicate<string> inError)
    {
        foreach (var (name, function) in settings.Functions)
            foreach (var error in Function($"Functions:{name}", function, settings, inError))
                yield return error;

        if (settings.Functions.Keys.Any(name => inError($"Functions:{name}:Trigger") || inError($"Functions:{name}:Enabled"))) yield break;
        if (settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).Count() > 1)
            yield return "Functions: more than one enabled function has the trigger GraphDelta; allowed is one.";
        // A change counts as carried only when the guests' import began after it: without one the changes would stay pending for ever.
        foreach (var (name, function) in settings.FunctionsTriggeredBy(TriggerKind.GraphDelta))
            if (!inError($"Sequences:{function.Sequence}") && settings.FindSequence(function.Sequence) is { } sequence
                && !sequence.Steps.Any(step => step.Kind == StepKind.Import && settings.IsGuestSource(step.ManagementAgent)))
                yield return $"Functions:{name}:Sequence is '{function.Sequence}', which has "
                    + "no import of the management agent that brings the guests "
                    + $"(GuestSource: '{settings.FindGuestSource()}'); allowed is a "
                        + "sequence that has one, since only what is imported can be carried.";
        if (settings.FunctionsTriggeredBy(TriggerKind.Command).Count() != 1)
            yield return "Functions: exactly one enabled function must have the trigger Command (shipped: ForcedRun).";
    }

    private static IEnumerable<string> Function(
        string name, FunctionSettings function, AgentSettings settings, Predicate<string> inError) =>
    [
        .. Defined($"{name}:Trigger", function.Trigger),
        .. (function.On ?? []).SelectMany(kind => Defined($"{name}:On", kind)),
        .. settings.FindSequence(function.Sequence) is null && !inError($"{name}:Sequence") && !inError($"Sequences:{function.Sequence}")
            ? [Wrong($"{name}:Sequence", function.Sequence, string.Join(" or ", settings.SequenceNames))]
            : Array.Empty<string>(),
        .. Duration($"{name}:PollInterval", function.PollInterval, ShortestPoll, ADay),
        .. Duration($"{name}:SettleTime", function.SettleTime, TimeSpan.Zero, ADay),
        .. Duration($"{name}:LongestWait", function.LongestWait, TimeSpan.Zero, ADay),
        .. Duration($"{name}:EditsAndRemovalsWait", function.EditsAndRemovalsWait, TimeSpan.Zero, ADay),
        .. Duration($"{name}:Interval", function.Interval, ShortestPoll, AMonth),
        .. function.Cron is { Length: > 0 } cron && CronRule.FindError($"{name}:Cron", cron, "30 4 * * *") is { } wrong
            ? [wrong]
            : Array.Empty<string>(),
    ];

    /// <summary>
    /// Only the guests' import carries guest changes. Under a condition it may be left out: the cycle then ends well and carries nothing. A
    /// second import there, as the confirmation of an export, may have its condition.
    /// </summary>
    private static IEnumerable<string> SourceImport(string name, AgentSettings settings)
    {
        if (settings.FindSequence(name) is not { } sequence) yield break;
        var at = sequence.Steps.ToList().FindIndex(step => step.Kind == StepKind.Import && settings.IsGuestSource(step.ManagementAgent));
        if (at < 0 || sequence.Steps[at].When == StepCondition.Always || !Enum.IsDefined(sequence.Steps[at].When)) yield break;
        yield return $"Sequences:{sequence.Name}:{at}:When is '{sequence.Steps[at].When}'; "
            + $"allowed is Always for the first import of {sequence.Steps[at].ManagementAgent}, "
            + "because only that import carries guest changes: a cycle that left it out would end well and carry none.";
    }

    private static IEnumerable<string> Steps(string sequence, List<StepSettings> steps, Predicate<string> inError)
    {
        var name = $"Sequences:{sequence}";
        if (steps.Count == 0) yield return $"{name} has no steps; allowed is at least one.";

        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            var at = $"{name}:{index}";
            if (string.IsNullOrWhiteSpace(step.ManagementAgent) && !inError($"{at}:ManagementAgent"))
                yield return $"{at}:ManagementAgent is empty; allowed is the name of a management agent.";
            if (string.IsNullOrWhiteSpace(step.RunProfile) && !inError($"{at}:RunProfile"))
                yield return $"{at}:RunProfile is empty; allowed is the name of a run profile of that management agent.";
            if (step.Kind is null && StepSettings.KindFromName(step.RunProfile) is null
                && !inError($"{at}:Kind") && !inError($"{at}:RunProfile"))
                yield return $"{at}:Kind is empty and cannot be read for certain from the name {Quoted(step.RunProfile)}; "
                    + "allowed is Import, Synchronization or Export (profiles of one step each).";
            foreach (var error in Defined($"{at}:When", step.When)) yield return error;
            foreach (var error in step.LongestRun is { } longest ? Duration($"{at}:LongestRun", longest, ShortestRun, AMonth) : [])
                yield return error;
        }
    }
}
