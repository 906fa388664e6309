using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store;

namespace MimHybrid.Agent.Hosting;

/// <summary>What is not in the store: the settings, the disk, and in the process that runs the agent that it runs.</summary>
internal static class OwnFacts
{
    /// <summary>In the process that runs the agent: its settings are those of its start.</summary>
    public static MatterFacts With(this MatterFacts facts, AgentReader store, LoadedSettings settings) => facts.Beside(store, settings) with
    {
        Holder = store.ReadHolder(),
        Beats = store.ReadHeartbeats(),
    };

    /// <summary>In any process.</summary>
    /// <param name="facts">As the store has them.</param>
    /// <param name="store">The store.</param>
    /// <param name="settings">Null where they are not valid.</param>
    public static MatterFacts Beside(this MatterFacts facts, AgentReader store, LoadedSettings? settings)
    {
        var seen = facts with { FreeSpace = DiskSpace.FreeIn(Path.GetDirectoryName(store.Path)!) };
        return settings is null ? seen : seen.With(new MatterLimits(settings.Agent, settings.AlertScale)
        {
            WithoutCycle = settings.Alerts.LongestWithoutCycle * settings.AlertScale,
            WithoutReading = settings.Alerts.LongestWithoutReading * settings.AlertScale,
            LongestRun = settings.SyncServer.LongestRun,
            Channels = [.. settings.Alerts.ChannelNames],
        });
    }
}
