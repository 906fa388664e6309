namespace MimHybrid.Testing;

/// <summary>The clock of a process that can die when it looks at it.</summary>
public sealed class MortalTime(TimeProvider clock, Plug plug) : ClockOver(clock)
{
    public override DateTimeOffset GetUtcNow()
    {
        plug.Tick();
        return base.GetUtcNow();
    }
}
