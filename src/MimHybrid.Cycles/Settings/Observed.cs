namespace MimHybrid.Cycles.Settings;

/// <summary>
/// The name under which a sequence is only observed: its cycles are in the run log, and nothing was started. Another name, so that no good
/// end of one is taken for a good end of the sequence itself: the first cycle after a trial is a Full.
/// </summary>
public static class Observed
{
    private const string Mark = " (observed)";

    public static string Name(string sequence) => sequence + Mark;

    public static bool Is(string name) => name.EndsWith(Mark, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of what is observed; any other name as it is.</summary>
    public static string Bare(string name) => Is(name) ? name[..^Mark.Length] : name;
}
