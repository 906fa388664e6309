using System.Runtime.InteropServices;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// Ctrl+C, Ctrl+Break (SIGQUIT), SIGTERM, and the end of the terminal (SIGHUP; on Windows the closing of the window) become a token.
/// A second one ends at once.
/// </summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly TaskCompletionSource ended = new();
    private readonly PosixSignalRegistration[] registrations;

    public TerminationSignals() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle),
    ];

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        ended.TrySetResult();
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;

        // Not left to the framework, which takes every signal for a wish to end in the host's own time (DeafLifetime).
        if (source.IsCancellationRequested) Environment.Exit(ExitCode.Cancelled);
        source.Cancel();

        // When a window is closed or the server shuts down, Windows ends the process as soon as this returns, and in any case soon:
        // https://learn.microsoft.com/windows/console/handlerroutine. Not seen on a Windows Server yet.
        if (OperatingSystem.IsWindows() && context.Signal is PosixSignal.SIGHUP or PosixSignal.SIGTERM) ended.Task.Wait();
    }
}
