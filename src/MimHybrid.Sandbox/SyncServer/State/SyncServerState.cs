using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>All that the sync server remembers. Everything in it is read and written under <see cref="Gate"/>.</summary>
internal sealed class SyncServerState(SyncServerOptions options, SyncServerDocument saved)
{
    private readonly AgentState[] others = [.. options.Others.Select(other => new AgentState(other, new AgentDocument()))];

    public Lock Gate { get; } = new();

    public AgentState Source { get; } = new(options.Source, saved.Source);

    public AgentState Target { get; } = new(options.Target, saved.Target);

    public Metaverse Metaverse { get; } = new(saved.Metaverse);

    public RunHistory History { get; } = new(saved.History, options.KeptRuns);

    public IEnumerable<AgentState> Agents => [Source, Target, .. others];

    /// <summary>Names of instances compare without case, as WMI does.</summary>
    public AgentState? FindAgent(string name) =>
        Agents.FirstOrDefault(managementAgent => managementAgent.Identity.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public SyncServerDocument ToDocument() => new()
    {
        Source = Source.ToDocument(),
        Target = Target.ToDocument(),
        Metaverse = [.. Metaverse.Objects],
        History = [.. History.Runs],
    };
}
