using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Remote;

namespace MimHybrid.Mim.Tests.Contract;

/// <summary>The contract once more, asked of the same sync server as somebody in another process does, over a pipe.</summary>
public sealed class PipedSyncServerKeepsTheContract : SandboxSyncServerKeepsTheContract
{
    private readonly OpenPipe open = new();

    public override async ValueTask DisposeAsync()
    {
        open.Dispose();
        await base.DisposeAsync();
    }

    protected override async Task<ICimConnection> ConnectAsync()
    {
        open.Serve(await base.ConnectAsync());
        return new PipedSyncServer(open.Name);
    }
}
