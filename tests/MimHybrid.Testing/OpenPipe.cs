using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Remote;

namespace MimHybrid.Testing;

/// <summary>A pipe of a test's own, at which it serves a sync server to whoever comes, the agent's process too.</summary>
public sealed class OpenPipe : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mim-"); // short: a socket's path may have 100 bytes
    private readonly CancellationTokenSource end = new();

    /// <summary>As the setting <c>Sandbox:SyncServerPipe</c> names it.</summary>
    public string Name => OperatingSystem.IsWindows() ? folder.Name : Path.Combine(folder.FullName, "mim");

    /// <summary>Until it is closed: what is asked from now on finds the server.</summary>
    public void Serve(ICimConnection server) => Serving = new PipeHost(Name, server).ServeAsync(end.Token);

    public Task Serving { get; private set; } = Task.CompletedTask;

    /// <summary>The server is gone, in the middle of whatever it was asked.</summary>
    public void Close() => end.Cancel();

    public void Dispose()
    {
        Close();
        end.Dispose();
        folder.Delete(recursive: true);
    }
}
