using MimHybrid.Cycles.Arrivals;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// What the agent does where MIM shows fewer guests than Graph said: wait and import again, a few times; then the full pair, once; then an
/// alert. The cycle goes on in any case: whoever has arrived gets an account.
/// </summary>
internal sealed class ArrivalRetries(
    CycleStore cycles, SyncServerQueries queries, StepExecution steps, ArrivalSettings settings, TimeProvider time)
{
    /// <summary>After the guests' synchronization, whether it ran or had nothing to do. An answer ends the cycle.</summary>
    public async Task<CycleEnd?> SettleAsync(CycleInProgress cycle, SourceProfiles source, CancellationToken stopping)
    {
        if (!settings.Enabled || await LookAsync(cycle, source, stopping) is not { } arrival) return null;

        for (var retry = 1; arrival.MissingGuests > 0 && retry <= settings.Retries; retry++)
        {
            var wait = settings.Wait * retry;
            cycle.Decide(
                $"{arrival}. Graph may be ahead of what MIM reads: waits {wait:c} and imports again ({retry} of {settings.Retries}).");
            await Task.Delay(wait, time, stopping);
            if (await RunAsync(cycle, source.Again, stopping) is { } end) return end;
            arrival = await LookAgainAsync(cycle, source, arrival, stopping);
        }

        if (arrival.MissingGuests > 0 && settings.FullPair && source.Full is { } full)
        {
            cycle.Decide($"{arrival}. Runs {full.Import} and {full.Synchronization.RunProfile}, once.");
            if (await RunAsync(cycle, full, stopping) is { } end) return end;
            arrival = await LookAgainAsync(cycle, source, arrival, stopping);
        }

        if (arrival.MissingGuests > 0)
            cycle.Find($"{arrival}, whatever was tried. Look whether {source.ManagementAgent} reads the same tenant, "
                + "and whether its filter and its rules let these guests through.");

        return null;
    }

    private async Task<CycleEnd?> RunAsync(CycleInProgress cycle, StepPair pair, CancellationToken stopping) =>
        await steps.RunAsync(cycle, pair.Import, stopping) ?? await steps.RunAsync(cycle, pair.Synchronization, stopping);

    private async Task<Arrival> LookAgainAsync(
        CycleInProgress cycle, SourceProfiles source, Arrival before, CancellationToken cancellationToken)
    {
        var arrival = await LookAsync(cycle, source, cancellationToken) ?? before;
        if (arrival.MissingGuests == 0)
            cycle.Decide(arrival.Explanation is { } why ? $"None is missing any more: {why}." : "MIM now shows what Graph said.");
        return arrival;
    }

    /// <summary>Compares, and writes the comparison down. Null where Graph said nothing.</summary>
    private async Task<Arrival?> LookAsync(CycleInProgress cycle, SourceProfiles source, CancellationToken cancellationToken)
    {
        // Read anew each time: Graph may meanwhile have said something newer, which explains what MIM does not show.
        var expected = ExpectedArrivals.Of(cycles.ReadArrivalCauses(cycle.Id));
        if (!expected.Any) return null;

        var arrival = ArrivalCheck.Compare(expected, cycles.ReadEarlierArrivals(cycle.Id, expected.AfterCycle), cycle.Seen);
        if (arrival.MissingGuests > 0)
            arrival = ArrivalCheck.WithTotals(
                arrival, await queries.CountConnectorsAsync(cycle, source.ManagementAgent, cancellationToken), cycles.CountLiveGuests());
        cycles.RecordArrival(cycle.Id, arrival.ToRecord(), arrival.Sure);
        return arrival;
    }
}
