namespace MimHybrid.Store.Rows;

/// <summary>The loops of an agent: one reads the tenant, the other starts cycles.</summary>
public enum AgentLoop
{
    Poller,
    Cycles,
}

/// <summary>A loop's last sign of life.</summary>
/// <param name="Loop">Whose.</param>
/// <param name="At">When, UTC.</param>
/// <param name="NextBy">By when it meant to give the next, UTC: a poll that waits for half an hour is not silent for half an hour.</param>
public sealed record Heartbeat(AgentLoop Loop, DateTimeOffset At, DateTimeOffset NextBy)
{
    /// <summary>How often a loop gives a sign while it waits or works.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>What a busy server may be late by before anybody is alarmed.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(3);

    /// <summary>How long the loop has been silent; null while it is not overdue.</summary>
    public TimeSpan? SilentFor(DateTimeOffset now) => now > NextBy + Grace ? now - At : null;
}
