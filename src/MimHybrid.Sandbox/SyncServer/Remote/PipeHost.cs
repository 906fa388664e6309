using System.IO.Pipes;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer.Remote;

/// <summary>
/// Holds the door of a sync server open at a named pipe, so that an agent in another process of this account finds it there
/// (<see cref="PipedSyncServer"/>). Each caller asks one question; as many as come are answered at the same time, because
/// <c>Execute</c> waits for a run while others ask for its status.
/// </summary>
public sealed class PipeHost(string pipe, ICimConnection served)
{
    /// <summary>
    /// Serves until it is cancelled, which is no error and waits for nobody: callers see the server go away. The pipe is there as soon as
    /// this returns its task. A caller that goes away ends its wait and not the run.
    /// </summary>
    /// <exception cref="SystemException">The pipe cannot be opened; each operating system has kinds of its own.</exception>
    public Task ServeAsync(CancellationToken stopping) => AcceptAsync(Open(), stopping);

    private NamedPipeServerStream Open() => new(
        pipe, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);

    private async Task AcceptAsync(NamedPipeServerStream first, CancellationToken stopping)
    {
        var next = first;
        while (await ComesAsync(next, stopping) is { } came)
        {
            // Before this one can be closed: with its last end the pipe itself is gone, and the next caller would find nobody.
            var caller = next;
            next = Open();
            if (came) _ = Task.Run(() => AnswerAsync(caller, stopping), CancellationToken.None);
            else await caller.DisposeAsync();
        }

        await next.DisposeAsync();
    }

    /// <summary>Whether who came is still there, and of this account; null: nobody is waited for any more.</summary>
    private static async Task<bool?> ComesAsync(NamedPipeServerStream end, CancellationToken stopping)
    {
        try
        {
            await end.WaitForConnectionAsync(stopping);
            return true;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private async Task AnswerAsync(NamedPipeServerStream caller, CancellationToken stopping)
    {
        await using var closing = caller;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            using var question = await PipeFrames.ReadAsync(caller, over.Token);
            await AnswerAsync(caller, question, over);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // nobody is there any more to be answered, or nobody shall be
        }
    }

    private async Task AnswerAsync(NamedPipeServerStream caller, BinaryReader question, CancellationTokenSource over)
    {
        var gone = UntilGoneAsync(caller, over);
        try
        {
            var answer = await PipeFrames.AnswerAsync(question, served, over.Token);
            await caller.WriteAsync(answer, over.Token);
        }
        finally
        {
            await gone; // who asked closes the pipe, having read the answer: on Windows it would be lost if this end were closed first
        }
    }

    /// <summary>Nothing follows the question, so that whatever ends this read is the caller's end.</summary>
    private static async Task UntilGoneAsync(NamedPipeServerStream caller, CancellationTokenSource over)
    {
        try
        {
            _ = await caller.ReadAsync(new byte[1], over.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // gone as well
        }

        await over.CancelAsync();
    }
}
