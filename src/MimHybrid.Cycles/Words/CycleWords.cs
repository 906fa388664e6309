using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>A cycle in a few words: why it ran, and what came of it.</summary>
public static class CycleWords
{
    /// <summary>"2 added, 1 removed", "the hour's cycle", "forced by ada".</summary>
    public static string Why(CycleRecord cycle) => cycle.Trigger switch
    {
        TriggerKind.Command => cycle.ForcedBy is { } who ? $"forced by {who}" : "forced",
        TriggerKind.Timer => $"timed ({cycle.Function})",
        _ => "guest changes",
    };

    /// <summary>What came of it: what was written to directories where it ended well, and else how it ended.</summary>
    public static string Result(CycleRecord cycle) => cycle.Outcome switch
    {
        CycleOutcome.Running => "running",
        CycleOutcome.Succeeded when Observed.Is(cycle.Sequence) => "observed only: nothing was started",
        CycleOutcome.Succeeded or CycleOutcome.SucceededWithFindings => Written(cycle),
        CycleOutcome.Failed => $"failed: {LastWord(cycle)}",
        CycleOutcome.Stopped => Stopped(cycle),
        _ => "cut off: the agent ended during it",
    };

    public static Tone ToneOf(CycleRecord cycle) => cycle.Outcome switch
    {
        CycleOutcome.Succeeded or CycleOutcome.Running => Tone.Plain,
        CycleOutcome.SucceededWithFindings => cycle.Refused > 0 ? Tone.Bad : Tone.Warning,
        CycleOutcome.Stopped => Tone.Warning,
        _ => Tone.Bad,
    };

    /// <summary>Nothing came of it that anybody would look for: it ended well, for no guest, and wrote nothing.</summary>
    public static bool IsQuiet(CycleRecord cycle) => cycle is { Trigger: TriggerKind.Timer, Outcome: CycleOutcome.Succeeded }
        && cycle.Changes.Count == 0 && !Observed.Is(cycle.Sequence) && Exports(cycle).All(counter => counter.Value == 0);

    /// <summary>"2 accounts made, 1 refused", or that nothing had to be written.</summary>
    private static string Written(CycleRecord cycle)
    {
        long Sum(params string[] names) => cycle.Steps.Sum(step => names.Sum(name => step.Counters?.Export?.GetValueOrDefault(name) ?? 0));
        var (made, refused) = (Sum("export-add"), cycle.Refused);
        var errors = cycle.Steps.Sum(step => step.ErrorCount) - refused;
        string[] parts =
        [
            .. Counted.Part(made, made == 1 ? "account made" : "accounts made"),
            .. Counted.Part(Sum("export-update", "export-rename", "export-delete-add"), "changed"),
            .. Counted.Part(Sum("export-delete"), "deleted"),
            .. Counted.Part(refused, "refused"),
            .. Counted.Part(Math.Max(0, errors), errors == 1 ? "object with an error" : "objects with errors"),
            .. Counted.Part(cycle.Arrival?.Missing ?? 0, "not arrived"),
        ];
        return parts.Length > 0 ? string.Join(", ", parts)
            : cycle.Outcome == CycleOutcome.Succeeded ? "nothing had to be written" : "something to look into";
    }

    private static IEnumerable<KeyValuePair<string, long>> Exports(CycleRecord cycle) =>
        cycle.Steps.SelectMany(step => step.Counters?.Export ?? []);

    private static string Stopped(CycleRecord cycle) => cycle.StoppedBy == StoppedBy.RemovalGuard
        ? "held by the removal guard"
        : $"stopped: {(cycle.FailureBrief ?? cycle.Failure ?? "the agent was ended").TrimEnd('.')}";

    /// <summary>MIM's word of the step that ended it.</summary>
    private static string LastWord(CycleRecord cycle) =>
        cycle.Steps.LastOrDefault(step => step.Result is not null) is { } step
            ? $"{step.Result} ({step.ManagementAgent} {step.RunProfile})"
            : cycle.FailureBrief ?? cycle.Failure ?? "before its first step";
}
