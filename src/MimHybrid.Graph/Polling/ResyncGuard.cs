namespace MimHybrid.Graph.Polling;

/// <summary>
/// Keeps a tenant whose tokens die at once from being enumerated without end: between two resynchronisations lie at least 15 minutes,
/// then twice as long each time, up to a day (reference/graph-delta.md 2.4).
/// </summary>
internal sealed class ResyncGuard(TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    private DateTimeOffset allowedFrom = DateTimeOffset.MinValue;
    private TimeSpan pause = ShortestPause;

    /// <summary>How long the next resynchronisation has to wait; zero when it may begin.</summary>
    public TimeSpan Wait => time.GetUtcNow() is var now && now < allowedFrom ? allowedFrom - now : TimeSpan.Zero;

    public void NoteResync()
    {
        allowedFrom = time.GetUtcNow() + pause;
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    /// <summary>A round succeeded. If the pause is over, the cursor has lived long enough to be trusted again.</summary>
    public void NoteRound()
    {
        if (Wait == TimeSpan.Zero) pause = ShortestPause;
    }
}
