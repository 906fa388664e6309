using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>One management agent: what it is called and what it knows.</summary>
internal sealed class AgentState(ManagementAgentOptions identity, AgentDocument saved)
{
    public ManagementAgentOptions Identity { get; } = identity;

    public ConnectorSpace Space { get; } = new(saved.ConnectorSpace);

    /// <inheritdoc cref="AgentDocument.LastRunNumber"/>
    public int LastRunNumber { get; set; } = saved.LastRunNumber;

    /// <inheritdoc cref="AgentDocument.Watermark"/>
    public string? Watermark { get; set; } = saved.Watermark;

    public ExportCount Exports { get; set; } = saved.Exports;

    public AgentDocument ToDocument() => new()
    {
        LastRunNumber = LastRunNumber,
        Watermark = Watermark,
        Exports = Exports,
        ConnectorSpace = [.. Space.Objects],
    };
}
