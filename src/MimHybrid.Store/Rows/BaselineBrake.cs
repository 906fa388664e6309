namespace MimHybrid.Store.Rows;

/// <summary>
/// When a reading of the whole tenant is not believed at once: mass deletions are never handed to MIM on one baseline
/// (MimHybrid.Graph/README.md#the-brake).
/// </summary>
/// <param name="Count">More guests than this have to be missing, and</param>
/// <param name="Percent">more than this share of the guests known.</param>
public sealed record BaselineBrake(int Count, int Percent)
{
    public bool Trips(long known, long vanished) => vanished > Count && vanished * 100 > known * Percent;
}

/// <summary>A baseline that was not believed.</summary>
/// <param name="Known">Live guests known before.</param>
/// <param name="Vanished">How many of them were missing.</param>
/// <param name="RetryAt">When the tenant is read again, UTC.</param>
/// <param name="Pause">How long that is after the baseline.</param>
public sealed record DoubtedBaseline(long Known, long Vanished, DateTimeOffset RetryAt, TimeSpan Pause);

/// <summary>
/// How long a reading of the whole tenant waits for the one before: 15 minutes, then twice as long each time, up to a day.
/// </summary>
public static class RepetitionPause
{
    public static readonly TimeSpan First = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static TimeSpan After(TimeSpan pause) => pause * 2 < Longest ? pause * 2 : Longest;
}
