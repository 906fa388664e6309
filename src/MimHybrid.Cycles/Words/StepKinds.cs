using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>What a step in the run log did: the log keeps MIM's counters, and the run profile's name.</summary>
public static class StepKinds
{
    public static StepKind? Of(StepRecord step) => step.Counters switch
    {
        { Export: not null } => StepKind.Export,
        { Inbound: not null } or { Outbound: not null } => StepKind.Synchronization,
        { Staging: not null } or { Discovery: not null } => StepKind.Import,
        _ when Has(step, "export") => StepKind.Export,
        _ when Has(step, "sync") => StepKind.Synchronization,
        _ when Has(step, "import") => StepKind.Import,
        _ => null,
    };

    private static bool Has(StepRecord step, string word) => step.RunProfile.Contains(word, StringComparison.OrdinalIgnoreCase);
}
