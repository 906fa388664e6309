namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>The kinds of step; each of the five profiles has one.</summary>
internal enum SandboxStepKind
{
    FullImport,
    DeltaImport,
    FullSynchronization,
    DeltaSynchronization,
    Export,
}

internal static class StepKindExtensions
{
    extension(SandboxStepKind step)
    {
        /// <summary>Works between connector spaces and the metaverse; imports and exports talk to a connected system.</summary>
        public bool IsSynchronization => step is SandboxStepKind.FullSynchronization or SandboxStepKind.DeltaSynchronization;
    }
}
