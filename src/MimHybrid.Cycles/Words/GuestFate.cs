using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>What became of a guest in one cycle; MIM counts objects, and names only those with errors.</summary>
public static class GuestFate
{
    public static string Of(CycleRecord cycle, GuestChange change)
    {
        if (cycle.Outcome == CycleOutcome.Running) return "";
        if (!cycle.EndedWell) return "stays pending";
        if (Observed.Is(cycle.Sequence)) return "observed only";
        var exports = Exports(cycle);
        if (RefusalOf(change, exports) is { } error) return $"refused: {error.Type} {error.Detail}".TrimEnd('.', ' ');
        if (cycle.Arrival is { Missing: > 0 }) return "perhaps not arrived in MIM";
        if (!HaveWritten(exports)) return "nothing was left to write";
        return exports.All(step => TimeToAccount.ReadBackAt(cycle.Steps, step) is not null) ? "written and confirmed" : "written";
    }

    /// <summary>When the last export ended that wrote what became of a guest; null where none did, or nobody can say.</summary>
    public static DateTimeOffset? WrittenAt(CycleRecord cycle, GuestChange change)
    {
        if (!cycle.EndedWell || Observed.Is(cycle.Sequence) || cycle.Arrival is { Missing: > 0 }) return null;
        var exports = Exports(cycle);
        return HaveWritten(exports) && RefusalOf(change, exports) is null ? exports[^1].EndedAt : null;
    }

    private static List<StepRecord> Exports(CycleRecord cycle) =>
        [.. cycle.Steps.Where(step => step.Result is not null && StepKinds.Of(step) == StepKind.Export)];

    private static bool HaveWritten(List<StepRecord> exports) => exports.Exists(step => step.Counters?.Export is not null);

    /// <summary>Where an export was tried again, the last time counts.</summary>
    private static StepError? RefusalOf(GuestChange change, List<StepRecord> exports) => exports
        .Where(step => !exports.Exists(later => later.Position > step.Position && later.RunProfile == step.RunProfile
            && later.ManagementAgent == step.ManagementAgent))
        .SelectMany(step => step.Errors)
        .FirstOrDefault(error => RefusedAccount.NameOf(error.ObjectName) == change.Name);
}
