using System.Diagnostics.Metrics;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Agent.Telemetry;

/// <summary>
/// How the agent is, read from the store each time somebody collects: what is pending and since when, how old the cursor is, whether
/// the agent holds, what fails and since when, how long the last good cycle is ago. It exists only where telemetry is on.
/// </summary>
public sealed class AgentGauges : IDisposable
{
    private readonly Meter meter = new("MimHybrid.Agent");
    private readonly AgentReader store;
    private readonly CyclePlanner planner;
    private readonly TimeProvider time;
    private readonly DateTimeOffset bootedAt;

    /// <param name="bootedAt">When the operating system started, UTC.</param>
    public AgentGauges(AgentReader store, CyclePlanner planner, DateTimeOffset bootedAt, TimeProvider time)
    {
        (this.store, this.planner, this.bootedAt, this.time) = (store, planner, bootedAt, time);
        meter.CreateObservableUpDownCounter(
            TelemetryNames.Metric.ChangesPending, () =>
                Observe(Pending), "{change}", "Guest changes that no good cycle has carried yet, by kind.");
        meter.CreateObservableGauge(TelemetryNames.Metric.OldestPending, () => Observe(OldestPending), "s",
            "Age of the oldest pending guest change; 0 when none is pending.");
        meter.CreateObservableUpDownCounter(
            TelemetryNames.Metric.Guests, () => Observe(Guests), "{guest}", "Guests in the tenant, as the agent knows them.");
        meter.CreateObservableGauge(
            TelemetryNames.Metric.CursorAge, () => Observe(CursorAge), "s", "Age of the delta link from which the next poll reads.");
        meter.CreateObservableGauge(TelemetryNames.Metric.PollFailing, () => Observe(PollFailing), "s",
            "How long reading the tenant has failed; 0 while it does not.");
        meter.CreateObservableGauge(TelemetryNames.Metric.CredentialLeft, () => Observe(CredentialLeft), "s",
            "Time until the credential expires, below 0 once it has; nothing where it does not expire.");
        meter.CreateObservableUpDownCounter(TelemetryNames.Metric.FailuresInARow, () => Observe(FailuresInARow), "{cycle}",
            "Cycles of a sequence that failed since one of it last ended well.");
        meter.CreateObservableUpDownCounter(TelemetryNames.Metric.ArrivalMissing, () => Observe(Missing), "{guest}",
            "Guests who came or went, of whom Graph told and whom MIM has not shown, whatever was tried.");
        meter.CreateObservableGauge(
            TelemetryNames.Metric.AgentHeld, () => Observe(Held), "1", "1 while the agent holds until a person acts, else 0.");
        meter.CreateObservableGauge(TelemetryNames.Metric.LastGoodAge, () => Observe(LastGoodAge), "s",
            "Time since a cycle last ended well in which no directory refused an account; nothing before the first.");
        meter.CreateObservableUpDownCounter(TelemetryNames.Metric.ExportRefused, () => Observe(Refused), "{account}",
            "Accounts that a directory refused at the last export, by management agent.");
    }

    public void Dispose() => meter.Dispose();

    /// <summary>A store that cannot be read now has nothing to show now; the agent itself says what is wrong with it.</summary>
    private static IEnumerable<T> Observe<T>(Func<IEnumerable<T>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception)
        {
            return [];
        }
    }

    private AgentSnapshot Snapshot() => store.ReadSnapshot(bootedAt);

    /// <summary>Each kind every time: a series that ends is not one that fell to zero.</summary>
    private IEnumerable<Measurement<long>> Pending()
    {
        var counts = Snapshot().Pending.Counts;
        return Enum.GetValues<ChangeKind>().Select(kind => new Measurement<long>(
            counts.GetValueOrDefault(kind), new KeyValuePair<string, object?>(TelemetryNames.Key.ChangeKind, TelemetryWords.Snake(kind))));
    }

    private IEnumerable<Measurement<double>> OldestPending() =>
        [Snapshot().Pending is { Count: > 0, Oldest: var oldest } ? Age(oldest) : new Measurement<double>(0)];

    private IEnumerable<Measurement<long>> Guests() => [new Measurement<long>(store.CountLiveGuests())];

    private IEnumerable<Measurement<double>> CursorAge() => store.ReadCursorTime() is { } obtained ? [Age(obtained)] : [];

    private IEnumerable<Measurement<double>> PollFailing() => store.ReadPollHealth() is not { } polls
        ? []
        : [polls.FailingSince is { } since ? Age(since) : new Measurement<double>(0)];

    private IEnumerable<Measurement<double>> CredentialLeft() => store.ReadCredential()?.ExpiresAt is { } end
        ? [new Measurement<double>((end - time.GetUtcNow()).TotalSeconds)]
        : [];

    /// <summary>Also of sequences that end well: a series that ends is not one that fell to zero.</summary>
    private IEnumerable<Measurement<long>> FailuresInARow()
    {
        var snapshot = Snapshot();
        return snapshot.Failures.Keys.Union(snapshot.LastSuccess.Keys, StringComparer.OrdinalIgnoreCase).Select(sequence =>
            new Measurement<long>(snapshot.Failures.TryGetValue(sequence, out var failed) ? failed.Count : 0,
                new KeyValuePair<string, object?>(TelemetryNames.Key.Sequence, sequence)));
    }

    private IEnumerable<Measurement<long>> Missing() => [new Measurement<long>(store.CountMissingGuests())];

    private IEnumerable<Measurement<int>> Held() =>
        [new Measurement<int>(planner.Decide(Snapshot(), time.GetUtcNow()) is Decision.Hold ? 1 : 0)];

    private IEnumerable<Measurement<double>> LastGoodAge() => store.ReadLastGoodWithoutRefusals() is { } good ? [Age(good)] : [];

    private IEnumerable<Measurement<long>> Refused() => store.ReadRefused().Select(refused => new Measurement<long>(
        refused.Count, new KeyValuePair<string, object?>(TelemetryNames.Key.ManagementAgent, refused.ManagementAgent)));

    /// <summary>Never below zero: after a clock was set back, something may be of the future.</summary>
    private Measurement<double> Age(DateTimeOffset since) => new(Math.Max(0, (time.GetUtcNow() - since).TotalSeconds));
}
