using System.Diagnostics;
using MimHybrid.Store.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MimHybrid.Telemetry.Tests;

/// <summary>OpenTelemetry's SDK, listening as the agent lets it, with what it heard kept in memory.</summary>
internal sealed class Listening : IDisposable
{
    private readonly List<Activity> spans = [];
    private readonly List<MetricSnapshot> metrics = [];
    private readonly TracerProvider tracing;
    private readonly MeterProvider metering;

    public Listening()
    {
        tracing = Sdk.CreateTracerProviderBuilder().AddSource(TelemetryNames.All).AddInMemoryExporter(spans).Build();
        metering = Sdk.CreateMeterProviderBuilder().AddMeter(TelemetryNames.All).AddInMemoryExporter(metrics).Build();
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Activity> Spans
    {
        get
        {
            tracing.ForceFlush();
            return [.. spans.OrderBy(span => span.StartTimeUtc)];
        }
    }

    public Activity Span(string name) => Assert.Single(Spans, span => span.DisplayName == name);

    public IEnumerable<string> ChildrenOf(Activity parent) => Spans.Where(span => span.ParentSpanId == parent.SpanId).Select(span => span.DisplayName);

    /// <summary>What a metric shows now: for each set of attributes its value; of a histogram, how many were measured.</summary>
    public IReadOnlyDictionary<string, double> Read(string metric)
    {
        var found = ReadAll().Where(one => one.Name == metric);
        return found.SelectMany(one => one.MetricPoints.Select(point => (Tags: Tags(point.Tags), Value: Value(one.MetricType, point)))).ToDictionary(point => point.Tags, point => point.Value);
    }

    /// <summary>Of a histogram, all that was measured added up.</summary>
    public double ReadSum(string histogram) => PointsOf(histogram).Sum(point => point.GetHistogramSum());

    /// <summary>Of a histogram, where its buckets end.</summary>
    public IReadOnlyList<double> ReadBounds(string histogram)
    {
        var bounds = new List<double>();
        foreach (var bucket in PointsOf(histogram).First().GetHistogramBuckets()) bounds.Add(bucket.ExplicitBound);
        return bounds;
    }

    public IReadOnlyList<MetricSnapshot> ReadAll()
    {
        metrics.Clear();
        metering.ForceFlush();
        return [.. metrics];
    }

    public void Dispose()
    {
        tracing.Dispose();
        metering.Dispose();
    }

    /// <summary>Every attribute of every span and measurement, as one text.</summary>
    public string AllText() => string.Join('\n',
    [
        .. Spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}"),
        .. ReadAll().SelectMany(metric => metric.MetricPoints.Select(point => $"{metric.Name} {Tags(point.Tags)}")),
    ]);

    private List<MetricPoint> PointsOf(string metric) => [.. ReadAll().Where(one => one.Name == metric).SelectMany(one => one.MetricPoints)];

    private static string Tags(ReadOnlyTagCollection tags)
    {
        var all = new List<string>();
        foreach (var tag in tags) all.Add($"{tag.Key}={tag.Value}");
        return string.Join(' ', all.Order(StringComparer.Ordinal));
    }

    private static double Value(MetricType type, MetricPoint point) => type switch
    {
        MetricType.Histogram => point.GetHistogramCount(),
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
