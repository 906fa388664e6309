namespace MimHybrid.Benchmarks;

/// <summary>What is being measured now, on standard error: a long run is no silent one.</summary>
internal static class Progress
{
    public static void Say(FormattableString line) => Console.Error.WriteLine(FormattableString.Invariant(line));
}
