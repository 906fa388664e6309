using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store;

namespace MimHybrid.Agent.Hosting;

/// <summary>What only the process that runs the agent knows: it runs, and its settings are those of its start.</summary>
internal static class OwnFacts
{
    public static MatterFacts With(this MatterFacts facts, AgentReader store, LoadedSettings settings) => facts with
    {
        Holder = store.ReadHolder(),
        Beats = store.ReadHeartbeats(),
        Guard = settings.Agent.RemovalGuard,
    };
}
