using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>Who is on the stage: the sandbox's management agents with their run profiles, and Anna, who works there too.</summary>
internal static class Cast
{
    public const string Source = "AADMA";
    public const string Target = "ADMA";
    public const string Anna = @"SANDBOX\anna";

    public static RunProfileNames Profiles { get; } = new();

    public static ForeignRun AnnaRuns(string managementAgent, string runProfile, int seconds) =>
        new(managementAgent, runProfile, TimeSpan.FromSeconds(seconds), Anna);
}
