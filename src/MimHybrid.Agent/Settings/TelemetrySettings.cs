namespace MimHybrid.Agent.Settings;

/// <summary>
/// The section <c>Telemetry</c>: where metrics, traces and the run log go. Nowhere, unless one of the two destinations is set.
/// </summary>
internal sealed class TelemetrySettings
{
    /// <summary>An OpenTelemetry collector, e.g. <c>http://localhost:4318</c>. Empty: none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>How the collector is spoken to.</summary>
    public OtlpProtocol OtlpProtocol { get; set; } = OtlpProtocol.HttpProtobuf;

    /// <summary>What the collector wants to see, as <c>name=value,name=value</c>, e.g. an API key. A secret: never shown.</summary>
    public string OtlpHeaders { get; set; } = "";

    /// <summary>The connection string of an Application Insights resource. Empty: none. A secret: never shown.</summary>
    public string AzureMonitorConnectionString { get; set; } = "";

    /// <summary>
    /// Signs in to Azure Monitor as the application that reads the tenant (it needs the role Monitoring Metrics Publisher), instead of
    /// being let in by the connection string alone.
    /// </summary>
    public bool AzureMonitorSignIn { get; set; }

    /// <summary>The proxy on the way to both. Empty: the system's.</summary>
    public string Proxy { get; set; } = "";

    /// <summary>How often metrics are sent; every five minutes at least, since alerts notice an agent that sends nothing.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the run log that goes out names guests, with their mail, and administrators: who forced a cycle, approved removals, or ran
    /// something else in MIM meanwhile.
    /// </summary>
    public bool IncludePersonalData { get; set; }

    public bool HasOtlp => OtlpEndpoint.Length > 0;

    public bool HasAzureMonitor => AzureMonitorConnectionString.Length > 0;

    public bool IsOn => HasOtlp || HasAzureMonitor;
}

/// <summary>How an OpenTelemetry collector is spoken to.</summary>
internal enum OtlpProtocol
{
    /// <summary>Over HTTP, by custom on port 4318; gets through proxies.</summary>
    HttpProtobuf,

    /// <summary>Over gRPC, by custom on port 4317.</summary>
    Grpc,
}
