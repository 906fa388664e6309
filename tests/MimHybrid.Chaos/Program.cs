using System.Runtime.InteropServices;
using MimHybrid.Chaos;

if (ChaosOptions.Parse(args) is not { } options) return ChaosOptions.Explain();

using var stopping = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop); // a shell's background takes no SIGINT
return await new ChaosRun(options, TimeProvider.System, Console.Out).RunAsync(stopping.Token) ? 0 : 1;
