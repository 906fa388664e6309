using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>What <c>syncserver.json</c> holds.</summary>
internal sealed record SyncServerDocument
{
    public AgentDocument Source { get; init; } = new();

    public AgentDocument Target { get; init; } = new();

    public IReadOnlyList<MetaverseObject> Metaverse { get; init; } = [];

    public IReadOnlyList<SandboxRunRecord> History { get; init; } = [];
}

internal sealed record AgentDocument
{
    /// <summary>The number of the last run, kept when the history is cleared.</summary>
    public int LastRunNumber { get; init; }

    /// <summary>Where the next delta import starts: a delta link or a change number.</summary>
    public string? Watermark { get; init; }

    public ExportCount Exports { get; init; } = new(0, 0);

    public IReadOnlyList<ConnectorSpaceObject> ConnectorSpace { get; init; } = [];
}
