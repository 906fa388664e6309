using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Running;
using MimHybrid.Graph.SignIn;
using MimHybrid.Store;

namespace MimHybrid.Agent.Telemetry;

/// <summary>How telemetry is put beside the agent: one line where the agent is composed, one where it begins.</summary>
internal static partial class TelemetryRegistration
{
    /// <summary>Nothing at all where no destination is set.</summary>
    public static HostApplicationBuilder AddTelemetry(
        this HostApplicationBuilder builder, LoadedSettings settings, string dataFolder, DateTimeOffset bootedAt)
    {
        if (settings.Telemetry.IsOn) builder.Services.AddSingleton(services => Create(services, settings, dataFolder, bootedAt));
        return builder;
    }

    /// <summary>From here on it listens. An agent without its telemetry is better than none.</summary>
    public static void StartTelemetry(this IServiceProvider services, CycleLoop loop)
    {
        try
        {
            services.GetService<AgentTelemetry>()?.Follow(loop);
        }
        catch (Exception e)
        {
            Log.NotStarted(services.GetRequiredService<ILogger<AgentTelemetry>>(), e.Message);
        }
    }

    private static AgentTelemetry Create(IServiceProvider services, LoadedSettings loaded, string dataFolder, DateTimeOffset bootedAt)
    {
        var (settings, time, logger) = (
            loaded.Telemetry, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<AgentTelemetry>>());
        var gauges = new AgentGauges(
            services.GetRequiredService<AgentReader>(), services.GetRequiredService<CyclePlanner>(), bootedAt, time);
        var credential = settings.AzureMonitorSignIn ? new SharedCredential(loaded.Graph, time) : null;
        var watch = new DeliveryWatch(logger, services.GetRequiredService<DeliveryNotes>());
        var exporters = new Exporters(settings, Path.Combine(dataFolder, "telemetry"), credential, watch);
        var telemetry = new AgentTelemetry(exporters, settings, logger, credential is null ? [gauges] : [gauges, credential]);
        Log.Started(logger, Destinations(settings));
        return telemetry;
    }

    private static string Destinations(TelemetrySettings settings) => string.Join(
        " and ",
        new[] { settings.HasOtlp ? settings.OtlpEndpoint : null, settings.HasAzureMonitor ? "Azure Monitor" : null }.OfType<string>());

    private static partial class Log
    {
        [LoggerMessage(4301, LogLevel.Information, "Telemetry goes to {Destinations}")]
        public static partial void Started(ILogger logger, string destinations);

        [LoggerMessage(4302, LogLevel.Error, "There is no telemetry, because it could not be started; the agent goes on without: {Reason}")]
        public static partial void NotStarted(ILogger logger, string reason);
    }
}
