using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
using MimHybrid.Agent.Settings;
using MimHybrid.Graph;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MimHybrid.Agent.Telemetry;

/// <summary>Adds the destinations of the settings to each of the three signals.</summary>
/// <param name="settings">Valid settings.</param>
/// <param name="storage">Where Azure Monitor's exporter keeps what could not be sent yet.</param>
/// <param name="credential">Signs in to Azure Monitor; null: the connection string is enough.</param>
/// <param name="watch">Sees whether it arrives.</param>
internal sealed class Exporters(TelemetrySettings settings, string storage, TokenCredential? credential, DeliveryWatch watch)
{
    /// <summary>For one attempt. Sending goes on beside the agent, so this bounds only what its end waits for.</summary>
    private const int TimeoutMilliseconds = 5000;

    public void AddTo(TracerProviderBuilder traces)
    {
        if (settings.HasOtlp) traces.AddOtlpExporter(options => Fill(options, "v1/traces"));
        if (settings.HasAzureMonitor) traces.AddAzureMonitorTraceExporter(Fill);
    }

    public void AddTo(MeterProviderBuilder metrics)
    {
        if (settings.HasOtlp)
            metrics.AddOtlpExporter((options, reader) =>
            {
                Fill(options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = Interval;
            });
        if (settings.HasAzureMonitor) metrics.AddReader(CreateAzureMonitorReader());
    }

    public void AddTo(LoggerProviderBuilder logs)
    {
        if (settings.HasOtlp) logs.AddOtlpExporter(options => Fill(options, "v1/logs"));
        if (settings.HasAzureMonitor) logs.AddAzureMonitorLogExporter(Fill);
    }

    private int Interval => (int)settings.Interval.TotalMilliseconds;

    /// <summary>
    /// What the exporter's own AddAzureMonitorMetricExporter does, but for the interval: the reader that it makes is one of a minute, and
    /// takes no options. Application Insights adds up what it is sent, so each time is told what is new.
    /// </summary>
    private PeriodicExportingMetricReader CreateAzureMonitorReader()
    {
        var options = new AzureMonitorExporterOptions();
        Fill(options);
        return new PeriodicExportingMetricReader(new AzureMonitorMetricExporter(options), Interval)
        {
            TemporalityPreference = MetricReaderTemporalityPreference.Delta,
        };
    }

    /// <summary>
    /// A path that is stated in code is taken as it is: over HTTP each signal needs its own (OpenTelemetry's OTLP exporter specification).
    /// </summary>
    private void Fill(OtlpExporterOptions options, string path)
    {
        var grpc = settings.OtlpProtocol == OtlpProtocol.Grpc;
        options.Protocol = grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = grpc ? new Uri(settings.OtlpEndpoint) : new Uri($"{settings.OtlpEndpoint.TrimEnd('/')}/{path}");
        if (settings.OtlpHeaders.Length > 0) options.Headers = settings.OtlpHeaders;
        options.TimeoutMilliseconds = TimeoutMilliseconds;
        options.HttpClientFactory = () => new HttpClient(CreateHandler()) { Timeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds) };
    }

    /// <summary>All spans, since there are few; nothing about this server or the exporter itself beside what the agent tells.</summary>
    private void Fill(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = settings.AzureMonitorConnectionString;
        options.Credential = credential;
        options.StorageDirectory = storage;
        options.EnableLiveMetrics = false;
        options.EnableStandardMetrics = false;
        options.EnablePerformanceCounters = false;
        options.SamplingRatio = 1;
        options.TracesPerSecond = null;
        options.Transport = new HttpClientTransport(new HttpClient(CreateHandler()));
        options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(TimeoutMilliseconds);
    }

    private DelegatingHandler CreateHandler() => watch.Around(ProxySetting.Of(settings.Proxy) is { } proxy
        ? new SocketsHttpHandler { UseProxy = true, Proxy = proxy }
        : new SocketsHttpHandler());
}
