using MimHybrid.Cycles.Settings;

namespace MimHybrid.Cycles.Planning;

/// <summary>How long to wait after failures: doubling from the first wait, capped, with jitter.</summary>
public static class Backoff
{
    /// <summary>The share of a wait that jitter may take away: many servers that failed together come back apart.</summary>
    private const double JitterShare = 0.2;

    /// <summary>
    /// Never less than the shortest pause: a back-off that was set to nothing would try again hundreds of times a second.
    /// </summary>
    public static TimeSpan After(AgentSettings settings, int failures, long seed) =>
        AtLeast(settings.ShortestPause, After(settings.Backoff.First, settings.Backoff.Longest, failures, seed));

    /// <summary>
    /// The wait after polls that failed: at most two intervals, because a poll is one request, which an outage is not made worse by, and
    /// because whoever is invited right after it waits for the next one.
    /// </summary>
    public static TimeSpan AfterPolls(AgentSettings settings, TimeSpan interval, int failures, long seed)
    {
        var longest = interval * 2 < settings.Backoff.Longest ? interval * 2 : settings.Backoff.Longest;
        return AtLeast(settings.ShortestPause, After(settings.Backoff.First, longest, failures, seed));
    }

    /// <summary>The wait for a person, who may come at any time: the cause is tried again slowly.</summary>
    public static TimeSpan ForPerson(AgentSettings settings) => AtLeast(settings.ShortestPause, settings.Backoff.Longest);

    /// <param name="first">The wait after one failure.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="failures">How many in a row; at least one.</param>
    /// <param name="seed">The same seed gives the same wait, so that a decision does not change by being asked twice.</param>
    public static TimeSpan After(TimeSpan first, TimeSpan longest, int failures, long seed)
    {
        // Doubling stops at 30: 2^30 times any wait is beyond every cap, and a double holds it exactly.
        var doubled = first * Math.Pow(2, Math.Min(failures - 1, 30));
        var capped = doubled < longest ? doubled : longest;
        return capped * (1 - (JitterShare * Fraction(seed)));
    }

    private static TimeSpan AtLeast(TimeSpan least, TimeSpan wait) => wait > least ? wait : least;

    /// <summary>A fraction in [0, 1) that neighbouring seeds do not share (Fibonacci hashing).</summary>
    private static double Fraction(long seed) => (((ulong)seed * 11400714819323198485UL) >> 11) / (double)(1UL << 53);
}
