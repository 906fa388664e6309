using System.IO.Pipes;
using System.Net.Sockets;
using System.Text;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Sandbox.SyncServer.Remote;

/// <summary>
/// The door to a sync server that another process of this account holds (<see cref="PipeHost"/>). Each call connects anew, as a session of
/// the real door lives for one call: a server that was started again leaves nothing stale behind.
/// </summary>
public sealed class PipedSyncServer(string pipe) : ICimConnection
{
    /// <summary>A server that is there takes a caller at once; on Windows it may have to open another end of the pipe first.</summary>
    private static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(1);

    /// <summary>What a pipe can be called: on Windows a name, elsewhere the full path of a socket, of 100 bytes at most.</summary>
    public static bool IsName(string pipe) => OperatingSystem.IsWindows()
        ? pipe.Length is > 0 and <= 200 && pipe.AsSpan().IndexOfAny('/', '\\') < 0 && pipe is not "anonymous"
        : Path.IsPathRooted(pipe) && Encoding.UTF8.GetByteCount(pipe) <= 100;

    /// <inheritdoc/>
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        AskAsync(PipeFrames.Query(wql), PipeFrames.ReadRows, cancellationToken);

    /// <inheritdoc/>
    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        AskAsync(PipeFrames.Call(target, method, arguments), PipeFrames.ReadText, cancellationToken);

    public void Dispose()
    {
    }

    private async Task<T> AskAsync<T>(byte[] question, Func<BinaryReader, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var isConnected = false;
        try
        {
            await using var server = new NamedPipeClientStream(
                ".", pipe, PipeDirection.InOut, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
            await server.ConnectAsync(LongestConnect, cancellationToken);
            isConnected = true;
            await server.WriteAsync(question, cancellationToken);
            using var answer = await PipeFrames.ReadAsync(server, cancellationToken);
            PipeFrames.ThrowIfFault(answer);
            return read(answer);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CimConnectionException(CimFailure.AccessDenied, $"The pipe {pipe} belongs to another account.", e);
        }
        catch (Exception e) when (e is IOException or TimeoutException or SocketException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var what = isConnected
                ? $"The sync server at the pipe {pipe} went away during the call."
                : $"No sync server is at the pipe {pipe}.";
            throw new CimConnectionException(CimFailure.Unreachable, what, e);
        }
    }
}
