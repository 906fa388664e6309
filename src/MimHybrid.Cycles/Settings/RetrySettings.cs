namespace MimHybrid.Cycles.Settings;

/// <summary>How often, within a cycle, a step is tried again that ended with a passing cause. After that the cycle fails.</summary>
public sealed class RetrySettings
{
    /// <summary>How many times; 0 for never. A few words of MIM's have a number of their own.</summary>
    public int Count { get; set; } = 3;

    /// <summary>The wait before the first retry; each further one doubles it.</summary>
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(2);
}
