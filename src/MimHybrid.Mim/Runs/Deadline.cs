namespace MimHybrid.Mim.Runs;

/// <summary>A time limit that began when it was made and does not mind that somebody sets the clock.</summary>
internal sealed class Deadline(TimeProvider time, TimeSpan limit)
{
    private readonly long begun = time.GetTimestamp();

    public bool Passed => time.GetElapsedTime(begun) >= limit;
}
