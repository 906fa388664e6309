using MimHybrid.Mim.Runs;

namespace MimHybrid.Agent.Discovery;

/// <summary>What a run profile does, as the sequences need it.</summary>
internal enum ProfileKind
{
    FullImport,
    DeltaImport,
    FullSynchronization,
    DeltaSynchronization,
    Export,

    /// <summary>Several things, or one that cannot be looked into between import and synchronization.</summary>
    Other,
}

internal static class ProfileKinds
{
    /// <summary>By what its newest run did: a name can say anything, in any language.</summary>
    public static ProfileKind Of(SeenProfile profile) => profile.Steps is [var only] ? Of(only) : ProfileKind.Other;

    public static string ToWords(this ProfileKind kind) => kind switch
    {
        ProfileKind.FullImport => "full import, stage only",
        ProfileKind.DeltaImport => "delta import, stage only",
        ProfileKind.FullSynchronization => "full synchronization",
        ProfileKind.DeltaSynchronization => "delta synchronization",
        ProfileKind.Export => "export",
        _ => "something else",
    };

    /// <summary>In words, for one that the sequences cannot use too.</summary>
    public static string Describe(SeenProfile profile)
    {
        if (Of(profile) is not ProfileKind.Other and var kind) return kind.ToWords();
        return profile.Steps.Count switch
        {
            0 => "its run does not say what it did",
            1 when profile.Steps[0].Synchronizes && profile.Steps[0].Type.EndsWith("import", StringComparison.Ordinal) =>
                "an import that also synchronizes",
            1 => profile.Steps[0].Type,
            _ => $"{profile.Steps.Count} steps: {string.Join(", ", profile.Steps.Select(step => step.Type))}",
        };
    }

    private static ProfileKind Of(RunStep step) => step switch
    {
        { Type: "full-import", StagesOnly: true } => ProfileKind.FullImport,
        { Type: "delta-import", StagesOnly: true } => ProfileKind.DeltaImport,
        { Type: "apply-rules", WorksOnEverything: true } => ProfileKind.FullSynchronization,
        { Type: "apply-rules" } => ProfileKind.DeltaSynchronization,
        { Type: "export" } => ProfileKind.Export,
        _ => ProfileKind.Other,
    };
}
