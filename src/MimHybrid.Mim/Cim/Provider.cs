namespace MimHybrid.Mim.Cim;

/// <summary>
/// MIM's WMI provider behind the door, asked so that no question waits for ever: an engine that is stuck may answer nothing at all
/// (reference/mim-sync-engine.md 6, rank 1). Execute, Stop and ClearRuns alone have no limit here, since they wait
/// for a run or for a long history; who calls them has one.
/// </summary>
internal sealed class Provider(ICimConnection connection, SyncServerSettings settings, TimeProvider time)
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        AskAsync(limited => connection.QueryAsync(wql, limited), cancellationToken);

    public Task<string> AskAsync(CimTarget target, string method, CancellationToken cancellationToken) =>
        AskAsync(limited => connection.InvokeAsync(target, method, [], limited), cancellationToken);

    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        CimSpan.AroundAsync(target, method, () => connection.InvokeAsync(target, method, arguments, cancellationToken));

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.AnswerDeadline, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await ask(end.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = $"The provider did not answer within SyncServer:AnswerDeadline ({settings.AnswerDeadline:c}).";
            throw new CimConnectionException(CimFailure.Unreachable, reason, exception);
        }
    }
}
