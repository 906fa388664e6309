namespace MimHybrid.Cycles.Settings;

/// <summary>The section <c>RunLog</c>.</summary>
public sealed class RunLogSettings
{
    /// <summary>How long a cycle stays in the run log, in days; 0 keeps all. The default shows the same season of last year.</summary>
    public int KeepDays { get; set; } = 400;
}
