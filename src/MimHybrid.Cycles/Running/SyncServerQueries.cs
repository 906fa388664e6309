using System.Globalization;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Results;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// What a cycle asks of the sync server between its runs. A server that is away for a moment must not cost a cycle there either: a question
/// is asked again as often as a run is tried again.
/// </summary>
internal sealed class SyncServerQueries(SyncServer server, RetrySettings settings, TimeProvider time)
{
    private readonly RetryPolicy retries = new(settings);

    /// <exception cref="CimConnectionException">The sync server could not be asked, as often as it was tried.</exception>
    public Task<PendingCounts> CountPendingAsync(CycleInProgress cycle, string managementAgent, CancellationToken stopping) =>
        AskAsync(cycle, $"what is pending on {managementAgent}", () => server.CountPendingAsync(managementAgent, stopping), stopping);

    /// <inheritdoc cref="CountPendingAsync"/>
    public Task<int> CountObjectsAsync(CycleInProgress cycle, string managementAgent, CancellationToken stopping) =>
        AskAsync(cycle, $"how many objects {managementAgent} has", () => server.CountObjectsAsync(managementAgent, stopping), stopping);

    /// <inheritdoc cref="CountPendingAsync"/>
    public Task<int> CountConnectorsAsync(CycleInProgress cycle, string managementAgent, CancellationToken stopping) =>
        AskAsync(cycle, $"how many guests {managementAgent} has connected", () => server.CountConnectorsAsync(managementAgent, stopping),
            stopping);

    /// <summary>Guests that a management agent has connected, or null: a comparison is no reason for a cycle to fail.</summary>
    public async Task<int?> FindConnectorsAsync(string managementAgent, CancellationToken stopping)
    {
        try
        {
            return await server.CountConnectorsAsync(managementAgent, stopping);
        }
        catch (CimConnectionException)
        {
            return null;
        }
    }

    private async Task<T> AskAsync<T>(CycleInProgress cycle, string what, Func<Task<T>> ask, CancellationToken stopping)
    {
        for (var retried = 0; ; retried++)
        {
            try
            {
                return await ask();
            }
            catch (CimConnectionException e) when (ResultWords.Judge(e.Failure) is var word
                && retries.WaitBeforeNext(word, retried, cycle.Id) is { } wait)
            {
                cycle.Decide(string.Create(
                    CultureInfo.InvariantCulture,
                    $"MIM could not be asked {what} ({word.Raw}): waits "
                        + $"{wait.TotalSeconds:0.#} s and asks again ({retried + 1} of {retries.MostFor(word)})."));
                await Task.Delay(wait, time, stopping);
            }
        }
    }
}
