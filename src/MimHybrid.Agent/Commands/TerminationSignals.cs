using System.Runtime.InteropServices;
using MimHybrid.Agent.Show;

namespace MimHybrid.Agent.Commands;

/// <summary>Ctrl+C and SIGTERM become a token. A second one leaves at once.</summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;

    public TerminationSignals() =>
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return; // not cancelled here: the second signal ends the process
        context.Cancel = true;
        Say.Note("Stopping. A step in progress may end first (SyncServer:StopGrace), then MIM is asked to stop it. Once more ends at once; the run then goes on in MIM.");
        source.Cancel();
    }
}
