using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Running;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Agent.Telemetry;

/// <summary>Sends each cycle that has ended, as a record. Nothing else that the agent logs leaves the server this way.</summary>
/// <param name="records">Leads to the exporters alone.</param>
/// <param name="settings">Whether persons may be named.</param>
/// <param name="own">The agent's own log, for what goes wrong here.</param>
internal sealed partial class RunLogFeed(ILogger records, TelemetrySettings settings, ILogger own)
{
    /// <summary>
    /// An attribute by which Azure Monitor keeps a record among the custom events instead of the traces (README of
    /// Azure.Monitor.OpenTelemetry.Exporter).
    /// </summary>
    private const string AzureMonitorEvent = "microsoft.custom_event.name";

    private static readonly EventId Event = new(1, TelemetryNames.CycleEvent);

    public void Send(object? sender, CycleEndedEventArgs ended)
    {
        try
        {
            var severity = SeverityOf(ended.Cycle);
            if (!records.IsEnabled(severity)) return;
            var attributes = CycleEvent.AttributesOf(ended.Cycle, settings.IncludePersonalData);
            if (settings.HasAzureMonitor) attributes.Add(new(AzureMonitorEvent, TelemetryNames.CycleEvent));
            records.Log(severity, Event, attributes, exception: null, (_, _) => CycleEvent.Sentence(ended.Cycle));
        }
        catch (Exception e)
        {
            Log.NotSent(own, ended.Cycle.Id, e); // the agent is not here for its telemetry
        }
    }

    private static LogLevel SeverityOf(CycleRecord cycle) => cycle.Outcome switch
    {
        CycleOutcome.Succeeded => LogLevel.Information,
        CycleOutcome.Failed => LogLevel.Error,
        _ => LogLevel.Warning,
    };

    private static partial class Log
    {
        [LoggerMessage(4300, LogLevel.Warning, "Cycle {Cycle} could not be written to the telemetry; the run log on this server has it")]
        public static partial void NotSent(ILogger logger, long cycle, Exception exception);
    }
}
