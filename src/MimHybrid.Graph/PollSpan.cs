using System.Diagnostics;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Graph;

/// <summary>A poll as telemetry sees it: the root of its requests' spans, and one measurement.</summary>
internal sealed class PollSpan : IDisposable
{
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly Activity? span;

    public PollSpan(TimeProvider time)
    {
        (this.time, startedAt) = (time, time.GetTimestamp());
        span = GraphMeter.Spans.StartActivity("poll");
    }

    public PollResult End(PollResult result)
    {
        var outcome = result.Outcome;
        var failure = (result as PollResult.Failed)?.Failure;
        span?.SetTag(TelemetryNames.Key.PollOutcome, outcome);
        if (failure is not null) span?.Fail(TelemetryWords.Snake(failure.Class), failure.Sentence);
        if (GraphMeter.PollDuration.Enabled)
        {
            var tags = new TagList { { TelemetryNames.Key.PollOutcome, outcome } };
            if (failure is not null) tags.Add(TelemetryNames.Convention.ErrorType, TelemetryWords.Snake(failure.Class));
            GraphMeter.PollDuration.Record(time.GetElapsedTime(startedAt).TotalSeconds, tags);
        }

        return result;
    }

    public void Dispose() => span?.Dispose();
}
