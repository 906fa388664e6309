using System.Diagnostics;
using MimHybrid.Store;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Graph;

/// <summary>A poll as telemetry sees it: the root of its requests' spans, one measurement, and the changes that it found.</summary>
internal sealed class PollSpan : IDisposable
{
    private readonly GuestStore store;
    private readonly TimeProvider time;
    private readonly long startedAt;
    private readonly long changesBefore;
    private readonly Activity? span;

    public PollSpan(GuestStore store, TimeProvider time)
    {
        (this.store, this.time, startedAt) = (store, time, time.GetTimestamp());
        changesBefore = GraphMeter.Changes.Enabled ? store.ReadLastChange() : long.MaxValue;
        span = GraphMeter.Spans.StartActivity("poll");
    }

    public PollResult End(PollResult result)
    {
        var outcome = result.GetType().Name.ToLowerInvariant();
        var failure = (result as PollResult.Failed)?.Failure;
        span?.SetTag(TelemetryNames.Key.PollOutcome, outcome);
        if (failure is not null) span?.Fail(TelemetryWords.Snake(failure.Class), failure.Sentence);
        if (GraphMeter.PollDuration.Enabled)
        {
            var tags = new TagList { { TelemetryNames.Key.PollOutcome, outcome } };
            if (failure is not null) tags.Add(TelemetryNames.Convention.ErrorType, TelemetryWords.Snake(failure.Class));
            GraphMeter.PollDuration.Record(time.GetElapsedTime(startedAt).TotalSeconds, tags);
        }

        CountChanges();
        return result;
    }

    public void Dispose() => span?.Dispose();

    /// <summary>As committed, and not as said: a baseline does not say of which kind its changes are.</summary>
    private void CountChanges()
    {
        if (!GraphMeter.Changes.Enabled || changesBefore == long.MaxValue) return;
        foreach (var (kind, count) in store.CountChangesAfter(changesBefore))
            GraphMeter.Changes.Add(count, new KeyValuePair<string, object?>(TelemetryNames.Key.ChangeKind, TelemetryWords.Snake(kind)));
    }
}
