using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using MimHybrid.Graph;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Benchmarks;

/// <summary>Requests, time, processor and memory of this process, from the making of this object on.</summary>
internal sealed class Measurement : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly long startedAt = TimeProvider.System.GetTimestamp();
    private readonly long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
    private long requests;

    public Measurement()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Meter.Name: GraphMeter.Name, Name: TelemetryNames.Metric.HttpRequestDuration }) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref requests));
        listener.Start();
    }

    public long Requests => Interlocked.Read(ref requests);

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(startedAt);

    public TimeSpan Processor => Process.GetCurrentProcess().TotalProcessorTime - processorBefore;

    public long Allocated => GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;

    public static string PeakWorkingSet => Megabytes(Process.GetCurrentProcess().PeakWorkingSet64);

    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    public static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");

    public void Dispose() => listener.Dispose();
}
