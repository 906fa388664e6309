namespace MimHybrid.Benchmarks;

/// <summary>The same deed several times: the median of what it took, in milliseconds.</summary>
internal static class Repeated
{
    /// <summary>The first time is thrown away: it compiles, and it brings the file into the cache.</summary>
    /// <param name="times">Odd, so that one of them is the median.</param>
    /// <param name="deed">What is measured.</param>
    public static double Milliseconds(int times, Action deed)
    {
        deed();
        return Median([.. Enumerable.Range(0, times).Select(_ => Once(deed))]);
    }

    public static double Once(Action deed)
    {
        var before = TimeProvider.System.GetTimestamp();
        deed();
        return TimeProvider.System.GetElapsedTime(before).TotalMilliseconds;
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
