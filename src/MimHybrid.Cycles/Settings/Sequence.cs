using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Settings;

/// <summary>When a step runs. A condition looks at what the steps before it did and at MIM's counters.</summary>
public enum StepCondition
{
    Always,

    /// <summary>The imports of this cycle staged something on this management agent, or imports are pending on it.</summary>
    StagedOrPendingImports,

    /// <summary>Exports are pending on this management agent.</summary>
    PendingExports,

    /// <summary>
    /// An export sent something to this management agent's directory, failures included, and nothing has confirmed it yet, whichever cycle
    /// made it.
    /// </summary>
    SomethingExported,
}

/// <summary>One run profile of one management agent, with the condition under which it runs.</summary>
public sealed record Step(string ManagementAgent, string RunProfile, StepKind Kind, StepCondition When = StepCondition.Always)
{
    /// <summary>
    /// The profile to run instead when MIM says that this import needs a full one (MimHybrid.Mim/README.md#the-classes-of-result-words).
    /// </summary>
    public string? FullImport { get; init; }

    /// <summary>How long it may run before it is stopped; null: what is allowed to all (SyncServer:LongestRun).</summary>
    public TimeSpan? LongestRun { get; init; }

    /// <summary>Whether it is the same run profile, under whatever condition.</summary>
    public bool HasProfileOf(Step other) => ManagementAgent.Equals(other.ManagementAgent, StringComparison.OrdinalIgnoreCase)
        && RunProfile.Equals(other.RunProfile, StringComparison.OrdinalIgnoreCase);

    /// <summary>The step at its place in a cycle.</summary>
    public PlannedStep At(int position) => new(position, ManagementAgent, RunProfile, Kind);

    /// <summary>
    /// The full import that stands in for this step; null where there is none. A limit that was set for the delta import is too tight for
    /// it.
    /// </summary>
    public Step? ToFullImport() => FullImport is { } full ? this with { RunProfile = full, FullImport = null, LongestRun = null } : null;

    public override string ToString() => $"{ManagementAgent} {RunProfile}";
}

/// <summary>An ordered list of steps.</summary>
public sealed record Sequence(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether it is told only what would run (<see cref="Observed"/>).</summary>
    public bool IsObserved => Observed.Is(Name);
}
