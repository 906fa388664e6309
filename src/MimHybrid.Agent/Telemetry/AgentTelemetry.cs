using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Running;
using MimHybrid.Graph;
using MimHybrid.Store.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MimHybrid.Agent.Telemetry;

/// <summary>
/// Listens to what the agent measures and traces, and sends it. It exists only where a destination is set; else nobody listens.
/// Whatever goes wrong here stays here: sending has threads and queues of its own, and a queue that is full forgets.
/// </summary>
internal sealed class AgentTelemetry : IDisposable
{
    private const int LastWordMilliseconds = 5000;

    private readonly OpenTelemetrySdk sdk;
    private readonly IReadOnlyList<IDisposable> beside;
    private readonly RunLogFeed feed;

    /// <param name="exporters">Where to.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="own">The agent's own log.</param>
    /// <param name="beside">What lives as long as this and is disposed of after it.</param>
    public AgentTelemetry(Exporters exporters, TelemetrySettings settings, ILogger own, params IReadOnlyList<IDisposable> beside)
    {
        sdk = OpenTelemetrySdk.Create(telemetry => telemetry
            .ConfigureResource(DescribeAgent)
            .WithTracing(traces => exporters.AddTo(traces.AddSource(TelemetryNames.All)))
            .WithMetrics(metrics => exporters.AddTo(metrics.AddMeter(TelemetryNames.All)))
            .WithLogging(exporters.AddTo, options => options.IncludeFormattedMessage = true));
        feed = new RunLogFeed(sdk.GetLoggerFactory().CreateLogger(TelemetryNames.CycleEvent), settings, own);
        this.beside = beside;
    }

    public void Follow(CycleLoop loop) => loop.CycleEnded += feed.Send;

    /// <summary>
    /// Sends what is left, all at once: a collector that takes and never answers costs the agent's end one attempt and not three. Only
    /// then does anything end: Azure Monitor's exporters share their way out. They write what is left to their folder and begin to send
    /// it; what has not gone by the end of a wait that needs a limit (without one they do not wait at all) goes when the agent next starts.
    /// </summary>
    public void Dispose()
    {
        Parallel.Invoke(
            () => sdk.TracerProvider.Shutdown(LastWordMilliseconds),
            () => sdk.MeterProvider.Shutdown(LastWordMilliseconds),
            () => sdk.LoggerProvider.Shutdown(LastWordMilliseconds));
        sdk.Dispose();
        foreach (var part in beside) part.Dispose();
    }

    /// <summary>
    /// Who speaks (https://opentelemetry.io/docs/specs/semconv/resource/): one agent per server, so the server's name tells them apart.
    /// OTEL_RESOURCE_ATTRIBUTES adds to it, e.g. deployment.environment.name.
    /// </summary>
    private static void DescribeAgent(ResourceBuilder resource) => resource
        .AddService(serviceName: "mimhybrid", serviceVersion: Product.Version, autoGenerateServiceInstanceId: false,
            serviceInstanceId: Environment.MachineName)
        .AddAttributes([new("host.name", Environment.MachineName)]);
}
