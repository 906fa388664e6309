namespace MimHybrid.Agent.Hosting;

/// <summary>When the operating system started. The one place that asks the machine itself: no TimeProvider knows it.</summary>
internal static class BootClock
{
    public static DateTimeOffset BootedAt(TimeProvider time)
    {
#pragma warning disable RS0030 // the exception that BannedSymbols.txt names
        return time.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64);
#pragma warning restore RS0030
    }
}
