using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Cim;

/// <summary>
/// MIM's WMI provider behind the door, asked so that no question waits for ever: an engine that is stuck may return nothing at all
/// (README.md#what-others-ran-into). Execute, Stop and ClearRuns alone have no limit here, since they wait
/// for a run or for a long history; who calls them has one.
/// </summary>
internal sealed class Provider(ICimConnection connection, SyncServerSettings settings, TimeProvider time)
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        AskAsync(limited => connection.QueryAsync(wql, limited), cancellationToken);

    /// <exception cref="CimConnectionException">
    /// It could not be asked, or it returned one of the words by which every method says that it could not find out
    /// (README.md#words-of-every-method). None of them is a status, a caller or details: a management agent of which nobody knows whether
    /// it runs must not pass for idle.
    /// </exception>
    public async Task<string> AskAsync(CimTarget target, string method, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(limited => connection.InvokeAsync(target, method, [], limited), cancellationToken);
        return ResultWords.FailureOf(answer) is { } failure ? throw NoAnswer(failure, target, method, answer) : answer;
    }

    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        CimSpan.AroundAsync(target, method, () => connection.InvokeAsync(target, method, arguments, cancellationToken));

    /// <summary>What was answered is not an answer to this question.</summary>
    public static CimConnectionException NoAnswer(CimFailure failure, CimTarget target, string method, string answer) =>
        new(failure, $"{method} of '{target.KeyValue}' answered '{answer}'.");

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
