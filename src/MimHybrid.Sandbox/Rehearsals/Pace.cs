namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>Settings that let a rehearsal come to its end in half a minute.</summary>
internal static class Pace
{
    /// <summary>What needs a person is tried again at this pace (Backoff:Longest); as shipped that is half an hour.</summary>
    public static Dictionary<string, string?> RetriedSoon { get; } = new() { ["Backoff:Longest"] = "00:00:12" };
}
