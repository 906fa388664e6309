namespace MimHybrid.Sandbox.SyncServer;

/// <summary>The result words that the sandbox returns of its own accord (MimHybrid.Mim/README.md#the-classes-of-result-words).</summary>
internal static class SandboxResultWords
{
    public const string Success = "success";
    public const string InProgress = "in-progress";
    public const string CompletedNoObjects = "completed-no-objects";
    public const string CompletedExportErrors = "completed-export-errors";
    public const string CompletedDiscoveryErrors = "completed-discovery-errors";
    public const string CompletingReferentialUpdates = "completing-referential-updates";
    public const string AlreadyRunning = "no-start-ma-already-running";
    public const string UnknownProfile = "no-start-unknown-profile-name";
    public const string FullImportRequired = "no-start-full-import-required";
    public const string NoConnection = "no-start-connection";
    public const string NoCredentials = "no-start-credentials";
    public const string LostConnectivity = "stopped-connectivity";
    public const string UnexpectedData = "stopped-unexpected-data";
    public const string StoppedServer = "stopped-server";
    public const string StoppedByUser = "stopped-user-termination-from-wmi-or-ui";
    public const string ServiceShutdown = "stopped-service-shutdown";
    public const string InvalidDate = "invalid-date-parameter";
    public const string NotRunning = "ma-not-running";
    public const string ConnectionFailure = "connection-failure";

    /// <summary>
    /// Another synchronization is running on some agent (event 6309; nobody has seen its form,
    /// MimHybrid.Mim/README.md#what-nobody-has-seen).
    /// </summary>
    public const string SynchronizationRunning = "call-failure:0x8023063D";

    private static readonly string[] SaidAtTheDoor =
    [
        AlreadyRunning, UnknownProfile, ConnectionFailure, "access-denied",
        "no-start-ma-update-in-progress", "no-start-concurrent-execution-not-support",
    ];

    /// <summary>The run is refused before it is one: no run number, no row in the history.</summary>
    public static bool RefusesAtTheDoor(string word) =>
        word.StartsWith("call-failure", StringComparison.Ordinal) || SaidAtTheDoor.Contains(word, StringComparer.Ordinal);

    /// <summary>The step ended before its work was done.</summary>
    public static bool EndsEarly(string word) =>
        word.StartsWith("no-start-", StringComparison.Ordinal) || word.StartsWith("stopped-", StringComparison.Ordinal);
}
