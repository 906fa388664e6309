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
    private readonly IDisposable[] senders;
    private readonly IReadOnlyList<IDisposable> beside;
    private readonly RunLogFeed feed;

    /// <param name="exporters">Where to.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="own">The agent's own log.</param>
    /// <param name="beside">What lives as long as this and is disposed of after it.</param>
    public AgentTelemetry(Exporters exporters, TelemetrySettings settings, ILogger own, params IReadOnlyList<IDisposable> beside)
    {
        var resource = DescribeAgent();
        var logs = LoggerFactory.Create(logging => logging.AddOpenTelemetry(options =>
        {
            options.SetResourceBuilder(resource);
            options.IncludeFormattedMessage = true;
            exporters.AddTo(options);
        }));
        var traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.All);
        exporters.AddTo(traces);
        var metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(TelemetryNames.All);
        exporters.AddTo(metrics);

        feed = new RunLogFeed(logs.CreateLogger(TelemetryNames.CycleEvent), settings, own);
        senders = [logs, traces.Build(), metrics.Build()];
        this.beside = beside;
    }

    public void Follow(CycleLoop loop) => loop.CycleEnded += feed.Send;

    /// <summary>
    /// Sends what is left, all at once: a collector that takes and never answers costs the agent's end one attempt and not three.
    /// </summary>
    public void Dispose()
    {
        Parallel.ForEach(senders, sender => sender.Dispose());
        foreach (var part in beside) part.Dispose();
    }

    /// <summary>
    /// Who speaks (https://opentelemetry.io/docs/specs/semconv/resource/): one agent per server, so the server's name tells them apart.
    /// OTEL_RESOURCE_ATTRIBUTES adds to it, e.g. deployment.environment.name.
    /// </summary>
    private static ResourceBuilder DescribeAgent() => ResourceBuilder.CreateDefault()
        .AddService(serviceName: "mimhybrid", serviceVersion: Product.Version, autoGenerateServiceInstanceId: false,
            serviceInstanceId: Environment.MachineName)
        .AddAttributes([new("host.name", Environment.MachineName)]);
}
