using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Arrivals;

/// <summary>An import and the synchronization that belongs to it.</summary>
internal sealed record StepPair(Step Import, Step Synchronization);

/// <summary>The steps of the management agent that brings the guests, the guest source of the settings.</summary>
/// <param name="Own">The sequence's own pair.</param>
/// <param name="Again">The pair that looks again for what was missing: that of <c>ChangeDriven</c>, else the own one.</param>
/// <param name="Full">The pair that looks at everything: that of <c>Full</c>, else the full import that stands beside the own one.</param>
internal sealed record SourceProfiles(StepPair Own, StepPair Again, StepPair? Full)
{
    public string ManagementAgent => Own.Import.ManagementAgent;

    /// <summary>Null where the sequence does not import and synchronize the guest source: then there is nothing to compare.</summary>
    public static SourceProfiles? Of(Sequence sequence, AgentSettings settings)
    {
        if (settings.FindGuestSource() is not { } source || Pair(sequence, source) is not { } own) return null;

        var again = Pair(settings.FindSequence(ShippedSequences.ChangeDriven), source) ?? own;
        var full = Pair(settings.FindSequence(ShippedSequences.Full), source) ?? BesideOwn(own);
        return new SourceProfiles(own, IfStaged(again), full is null ? null : Always(full));
    }

    /// <summary>Whether a step synchronizes what the source brought.</summary>
    public bool Synchronizes(Step step) => step.Kind == StepKind.Synchronization
        && step.ManagementAgent.Equals(ManagementAgent, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a step is the full synchronization, which works on every connector. WMI cannot tell; the sequences can.</summary>
    public bool IsFull(Step step) => Synchronizes(step) && Full is { } full
        && SameProfile(step, full.Synchronization) && !SameProfile(step, Again.Synchronization);

    private static bool SameProfile(Step one, Step other) => one.RunProfile.Equals(other.RunProfile, StringComparison.OrdinalIgnoreCase);

    private static StepPair? Pair(Sequence? sequence, string source)
    {
        return First(StepKind.Import) is { } import && First(StepKind.Synchronization) is { } synchronization
            ? new StepPair(import, synchronization)
            : null;

        Step? First(StepKind kind) => sequence?.Steps.FirstOrDefault(
            step => step.Kind == kind && step.ManagementAgent.Equals(source, StringComparison.OrdinalIgnoreCase));
    }

    private static StepPair? BesideOwn(StepPair own) =>
        own.Import.ToFullImport() is { } full ? own with { Import = full } : null;

    private static StepPair IfStaged(StepPair pair) => new(
        pair.Import with { When = StepCondition.Always }, pair.Synchronization with { When = StepCondition.StagedOrPendingImports });

    private static StepPair Always(StepPair pair) => new(
        pair.Import with { When = StepCondition.Always }, pair.Synchronization with { When = StepCondition.Always });
}
