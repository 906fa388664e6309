using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Tests;

/// <summary>The way to the sandbox's sync server. It can break, lose and damage, and knows whether a question is on its way.</summary>
internal sealed class Wire(ICimConnection server) : ICimConnection
{
    private readonly TaskCompletionSource<string> breaking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int asking;
    private int awaited;
    private Task executing = Task.CompletedTask;
    private CimTarget? runningAgent;

    /// <summary>The method whose calls never arrive and are never answered.</summary>
    public string? Loses { get; set; }

    /// <summary>The history does not show any run, as for a moment after one has ended.</summary>
    public bool HidesHistory { get; set; }

    /// <summary>What becomes of a row's text on its way.</summary>
    public Func<string?, string?> Rows { get; set; } = static text => text;

    /// <summary>What becomes of run details on their way.</summary>
    public Func<string, string> RunDetails { get; set; } = static details => details;

    /// <summary>What is answered in the server's place to a method of a target; null: the server answers.</summary>
    public Func<CimTarget, string, string?> Answers { get; set; } = static (_, _) => null;

    /// <summary>The last call of Execute; it has ended when nobody waits for it any more.</summary>
    public Task Executing => executing;

    /// <summary>Execute fails while it waits, as it does when the server restarts; the run goes on without anybody listening.</summary>
    public void Break(CimFailure failure) => breaking.TrySetException(new CimConnectionException(failure, "The wire broke."));

    /// <summary>
    /// Nothing is on its way but an Execute whose run is going, which waits for the clock. One that has ended, or broken, is on its way
    /// until the client has had its turn with it.
    /// </summary>
    public async Task<bool> IsQuietAsync() => Volatile.Read(ref asking) == 0
        && (Volatile.Read(ref awaited) == 0 || (!executing.IsCompleted && !breaking.Task.IsCompleted && await IsRunningAsync()));

    public async Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken)
    {
        var rows = await AskAsync(() => server.QueryAsync(wql, cancellationToken));
        if (HidesHistory && wql.Contains("MIIS_RunHistory", StringComparison.Ordinal)) return [];
        return [.. rows.Select(row => new CimRow(row.Properties.Select(text => KeyValuePair.Create(text.Key, Rows(text.Value)))))];
    }

    public async Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        if (method == Loses)
            return await new TaskCompletionSource<string>().Task.WaitAsync(cancellationToken);
        if (Answers(target, method) is { } word)
            return word;

        if (method == "Execute")
            return await ExecuteAsync(target, () => server.InvokeAsync(target, method, arguments, cancellationToken));

        var answer = await AskAsync(() => server.InvokeAsync(target, method, arguments, cancellationToken));
        return method == "RunDetails" ? RunDetails(answer) : answer;
    }

    public void Dispose()
    {
        // The server belongs to the scene.
    }

    private async Task<string> ExecuteAsync(CimTarget agent, Func<Task<string>> call)
    {
        var execution = Task.WhenAny(Turns.Outside(call), breaking.Task).Unwrap();
        (runningAgent, executing) = (agent, execution);
        Interlocked.Increment(ref awaited);
        try
        {
            return await execution;
        }
        finally
        {
            Interlocked.Decrement(ref awaited);
        }
    }

    // The history knows the end of a run before Execute returns: in between its answer is on the way.
    private async Task<bool> IsRunningAsync()
    {
        try
        {
            return await server.InvokeAsync(runningAgent!, "RunStatus", [], CancellationToken.None) == "in-progress";
        }
        catch (CimConnectionException)
        {
            return true;
        }
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> call)
    {
        Interlocked.Increment(ref asking);
        try
        {
            return await Turns.Outside(call);
        }
        finally
        {
            Interlocked.Decrement(ref asking);
        }
    }
}
