namespace MimHybrid.Cycles.Settings;

/// <summary>The section <c>RunLog</c>.</summary>
public sealed class RunLogSettings
{
    /// <summary>How long a cycle stays in the run log, in days; 0 keeps all. The default shows the same season of last year.</summary>
    public int KeepDays { get; set; } = 400;

    /// <summary>
    /// Where the agent writes its report after a cycle, at most once a minute: a file's full path, also on a share. It names guests, unless
    /// ReportWithoutPersons says otherwise; so let only those read it who may know them. Left out, none is written.
    /// </summary>
    public string? Report { get; set; }

    /// <summary>Whether the report names nobody.</summary>
    public bool ReportWithoutPersons { get; set; }
}
