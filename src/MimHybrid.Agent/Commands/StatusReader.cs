using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary>Reads how the agent is, once.</summary>
internal static class StatusReader
{
    public static StatusReport Read(AgentReader? store, CommonValues options, TimeProvider time)
    {
        var booted = BootClock.BootedAt(time);
        if (store is null) return WithoutStore(options, new AgentSnapshot { BootedAt = booted }, time);

        var snapshot = store.ReadSnapshot(booted);
        var holder = DataFolder.IsLocked(options.Data) ? store.ReadHolder() : null;
        var (settings, errors) = Load(options with { Sandbox = options.Sandbox || DataFolder.IsSandbox(store) });
        var next = (holder is null ? null : store.ReadDecision()) ?? Decide(snapshot, settings, errors, time);
        var report = StatusReport.Read(store, snapshot, next, time);
        return report with
        {
            Facts = report.Facts.Beside(store, settings) with
            {
                Holder = holder,
                Beats = holder is null ? [] : store.ReadHeartbeats(),
                SettingsErrors = holder is null ? errors : [],
            },
            LastCycle = report.LastCycle is { } last ? LastSeen.Of(last, store, options.Data) : null,
            Observing =
            [
                .. settings?.Agent.Functions.Keys.Where(name => settings.Agent.Functions[name] is { Enabled: true, Observe: true }) ?? [],
            ],
        };
    }

    private static StatusReport WithoutStore(CommonValues options, AgentSnapshot snapshot, TimeProvider time)
    {
        var (settings, errors) = Load(options);
        return new StatusReport
        {
            Facts = new MatterFacts { Now = time.GetUtcNow(), Snapshot = snapshot },
            CannotTell = $"No agent has run on the data folder {options.Data} yet. To see what one would do: mimhybrid run --dry-run",
            Next = Decide(snapshot, settings, errors, time),
        };
    }

    /// <summary>A running agent's settings are those of its start; these are the ones that the next would have.</summary>
    public static (LoadedSettings? Settings, IReadOnlyList<string> Errors) Load(CommonValues options)
    {
        try
        {
            return (SettingsLoader.Load(options), []);
        }
        catch (SettingsException e)
        {
            return (null, e.Errors);
        }
    }

    /// <summary>No agent runs: what one would do if it were started now with these settings.</summary>
    private static RecordedDecision Decide(
        AgentSnapshot snapshot, LoadedSettings? settings, IReadOnlyList<string> errors, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return settings is null
            ? new RecordedDecision("Hold", null, $"the settings are invalid: {string.Join(" ", errors)}", now)
            : new CyclePlanner(settings.Agent, time.LocalTimeZone).Decide(snapshot, now).ToRecord(now);
    }
}
