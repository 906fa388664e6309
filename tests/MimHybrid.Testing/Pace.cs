namespace MimHybrid.Testing;

/// <summary>How the sandbox is paced for a test of the executable.</summary>
public static class Pace
{
    /// <summary>Nobody comes or goes by itself.</summary>
    public static readonly (string, string) Quiet = ("MIMHYBRID_Sandbox__Story", "false");

    public static readonly (string, string) Fast = ("MIMHYBRID_Sandbox__StepDuration", "00:00:00");

    /// <summary>Long enough to be met in the middle of a run.</summary>
    public static readonly (string, string) Slow = ("MIMHYBRID_Sandbox__StepDuration", "00:00:20");
}
