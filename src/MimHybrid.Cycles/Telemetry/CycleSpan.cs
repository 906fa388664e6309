using System.Diagnostics;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Cycles.Telemetry;

/// <summary>
/// A cycle as telemetry sees it: the root of a tree of spans, and one measurement. It lasts until the cycle has been told of, so that
/// the record of the cycle belongs to its trace.
/// </summary>
internal sealed class CycleSpan : IDisposable
{
    private readonly Decision.Run run;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly Activity? span;
    private bool hasEnded;

    /// <remarks>
    /// The kind is that which the conventions give to the run of a pipeline: something of its own that was asked for from elsewhere
    /// (https://opentelemetry.io/docs/specs/semconv/cicd/cicd-spans/). Application Insights shows it as a request.
    /// </remarks>
    public CycleSpan(Decision.Run run, TimeProvider time)
    {
        (this.run, this.time, startedAt) = (run, time, time.GetTimestamp());
        span = CyclesMeter.Spans.StartActivity($"cycle {run.Sequence}", ActivityKind.Server);
        span?.SetTag(TelemetryNames.Key.Function, run.Function)
            .SetTag(TelemetryNames.Key.Trigger, TelemetryWords.Snake(run.Trigger))
            .SetTag(TelemetryNames.Key.Sequence, run.Sequence);
    }

    /// <param name="id">The number that the run log gave it.</param>
    public void Begin(long id) => span?.SetTag(TelemetryNames.Key.CycleId, id);

    public void End(CycleEnd end) => End(end.Outcome, TypeOf(end), end.Failure);

    public void Dispose()
    {
        // Thrown out of it, for example by a full disk: the store will call it abandoned.
        if (!hasEnded) End(CycleOutcome.Abandoned, "_OTHER", "the agent could not go on");
        span?.Dispose();
    }

    private void End(CycleOutcome outcome, string? errorType, string? failure)
    {
        hasEnded = true;
        var word = TelemetryWords.Snake(outcome);
        span?.SetTag(TelemetryNames.Key.CycleOutcome, word);
        if (errorType is not null) span?.Fail(errorType, failure);
        if (!CyclesMeter.CycleDuration.Enabled) return;

        var tags = new TagList
        {
            { TelemetryNames.Key.Function, run.Function },
            { TelemetryNames.Key.Sequence, run.Sequence },
            { TelemetryNames.Key.CycleOutcome, word },
        };
        if (errorType is not null) tags.Add(TelemetryNames.Convention.ErrorType, errorType);
        CyclesMeter.CycleDuration.Record(time.GetElapsedTime(startedAt).TotalSeconds, tags);
    }

    /// <summary>Our own shutdown is nobody's error.</summary>
    private static string? TypeOf(CycleEnd end) => end switch
    {
        { Failure: null } => null,
        { HeldDeletes: not null } or { HeldStagedDeletes: not null } => "removal_guard",
        { NeedsPerson: true } => "needs_person",
        _ => TelemetryWords.Snake(end.Outcome),
    };
}
