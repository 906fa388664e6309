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
        var exports = cycle.Steps.Where(step => step.Result is not null && StepKinds.Of(step) == StepKind.Export).ToList();
        if (exports.SelectMany(LastErrors).FirstOrDefault(error => RefusedAccount.NameOf(error.ObjectName) == change.Name) is { } error)
            return $"refused: {error.Type} {error.Detail}".TrimEnd('.', ' ');
        if (cycle.Arrival is { Missing: > 0 }) return "perhaps not arrived in MIM";
        if (!exports.Any(step => step.Counters?.Export is not null)) return "nothing was left to write";
        return exports.All(step => IsConfirmed(cycle, step)) ? "written and confirmed" : "written";

        IEnumerable<StepError> LastErrors(StepRecord step) =>
            exports.Any(later => later.Position > step.Position && later.RunProfile == step.RunProfile
                && later.ManagementAgent == step.ManagementAgent)
                ? []
                : step.Errors;
    }

    private static bool IsConfirmed(CycleRecord cycle, StepRecord export) => cycle.Steps.Any(step =>
        step.Position > export.Position && step.ManagementAgent == export.ManagementAgent && step.EndedAt is not null
            && StepKinds.Of(step) == StepKind.Import);
}
