namespace MimHybrid.Cycles.Upkeep;

/// <summary>
/// How much of MIM's run history is removed at once: a day of runs to begin with, more where it goes fast, less where it does not. How
/// many runs a day has, nobody knows before: asking MIM would list them all.
/// </summary>
internal sealed class HistoryPieces
{
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Shortest = TimeSpan.FromHours(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>
    /// FIM 2010, from which servers were brought up to MIM 2016 with their database, was released then; what is older goes with the first
    /// piece.
    /// </summary>
    private static readonly DateTimeOffset Earliest = new(2010, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private TimeSpan length = TimeSpan.FromDays(1);

    /// <summary>The end of the next piece. At least one is asked for each day, also where the history came back from a backup.</summary>
    /// <param name="clearedThrough">Up to when the history is cleared; null before the first piece.</param>
    /// <param name="all">Up to when it is to be cleared.</param>
    public DateTimeOffset Next(DateTimeOffset? clearedThrough, DateTimeOffset all)
    {
        var next = (clearedThrough ?? Earliest) + length;
        return next < all ? next : all;
    }

    /// <summary>How long MIM took over the piece.</summary>
    public void Took(TimeSpan taken)
    {
        if (taken < Fast) length = length * 2 < Longest ? length * 2 : Longest;
        if (taken > Slow) length = length / 2 > Shortest ? length / 2 : Shortest;
    }
}
