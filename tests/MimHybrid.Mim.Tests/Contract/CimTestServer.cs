namespace MimHybrid.Mim.Tests.Contract;

/// <summary>Which real synchronization service the contract may be asked of, by environment variables.</summary>
internal static class CimTestServer
{
    /// <summary>The server's name, asked over WS-Man; unset: this computer, if it is Windows and MIM is there.</summary>
    public const string Host = "MIMHYBRID_TEST_CIM_HOST";

    /// <summary>1: the tests may start and stop runs, too.</summary>
    public const string Run = "MIMHYBRID_TEST_CIM_RUN";

    /// <summary>The management agent that may then be run.</summary>
    public const string Agent = "MIMHYBRID_TEST_CIM_AGENT";

    /// <summary>Its run profile.</summary>
    public const string Profile = "MIMHYBRID_TEST_CIM_PROFILE";

    /// <summary>Another run profile of it, which takes some seconds at least; the tests stop it.</summary>
    public const string LastingProfile = "MIMHYBRID_TEST_CIM_LASTING_PROFILE";

    public static string? HostName => Value(Host);

    public static (string ManagementAgent, string RunProfile)? Runnable =>
        (Value(Run), Value(Agent), Value(Profile)) is ("1", { } agent, { } profile) ? (agent, profile) : null;

    public static (string ManagementAgent, string RunProfile)? Lasting =>
        Runnable is { } runnable && Value(LastingProfile) is { } profile ? (runnable.ManagementAgent, profile) : null;

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
