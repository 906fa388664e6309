using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>A run that is going on: whoever waits for it and whoever stops it meet here.</summary>
internal sealed class ActiveRun(AgentState managementAgent, SandboxRunRecord record) : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<string> returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AgentState Agent { get; } = managementAgent;

    public SandboxRunRecord Record { get; } = record;

    /// <summary>The word with which the run is to end before its time; null while nobody stops it.</summary>
    public string? StopWord { get; private set; }

    public CancellationToken Stopping => stopping.Token;

    /// <summary>What Execute answers; with an early return that is before the end.</summary>
    public Task<string> Returned => returned.Task;

    public Task Ended => ended.Task;

    /// <summary>Asks the run to end; the first word stands. To be called under the gate, under which it is also disposed.</summary>
    public void BeginStop(string word)
    {
        StopWord ??= word;
        _ = stopping.CancelAsync(); // whoever stops waits for Ended
    }

    /// <summary>The connection of whoever waits for Execute breaks: no word reaches them any more.</summary>
    public void CutCall() =>
        returned.TrySetException(
            new CimConnectionException(CimFailure.Unreachable, "The sandbox's sync server went away during the call."));

    public void ReturnEarly(string word) => returned.TrySetResult(word);

    public void End(string word)
    {
        returned.TrySetResult(word);
        ended.TrySetResult();
    }

    public void Dispose() => stopping.Dispose();
}
