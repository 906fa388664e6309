using System.Diagnostics;
using System.Diagnostics.Metrics;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Cycles.Telemetry;

/// <summary>
/// What this project measures and traces. Nobody listens unless the agent is told to, and then each of these costs a comparison.
/// </summary>
internal static class CyclesMeter
{
    public const string Name = "MimHybrid.Cycles";

    public static ActivitySource Spans { get; } = new(Name, Version);

    private static Meter Meter { get; } = new(Name, Version);

    public static Histogram<double> CycleDuration { get; } = Meter.CreateHistogram(
        TelemetryNames.Metric.CycleDuration, "s", "How long cycles took, by function, sequence and outcome.",
        tags: null, TelemetryWords.Runs);

    public static Histogram<double> StepDuration { get; } = Meter.CreateHistogram(
        TelemetryNames.Metric.StepDuration, "s", "How long steps took, waits for other runs included, by "
            + "management agent, run profile and MIM's word.", tags: null, TelemetryWords.Runs);

    /// <summary>What this program is for, as one number.</summary>
    public static Histogram<double> Provisioning { get; } = Meter.CreateHistogram(
        TelemetryNames.Metric.Provisioning, "s", "From the round in which Graph told of a guest who came to the end of the export that "
            + "wrote the account, by kind.", tags: null, TelemetryWords.Waits);

    private static string? Version => typeof(CyclesMeter).Assembly.GetName().Version?.ToString(3);
}
