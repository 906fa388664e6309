using MimHybrid.Chaos;

if (ChaosOptions.Parse(args) is not { } options) return ChaosOptions.Explain();

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
return await new ChaosRun(options, TimeProvider.System, Console.Out).RunAsync(stopping.Token) ? 0 : 1;
