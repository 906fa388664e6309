namespace MimHybrid.Mim.Tests.Results;

/// <summary>
/// The result words by class, collected apart from the table they are compared with: from Microsoft's pages, MIM's schema of run details
/// and public schedulers (MimHybrid.Mim/README.md#the-classes-of-result-words).
/// </summary>
internal static class ListedWords
{
    public static string[] Success { get; } = ["success", "completed-no-objects"];

    public static string[] Findings { get; } =
    [
        "completed-warnings", "completed-sync-errors", "completed-export-errors", "completed-transient-objects",
        "completed-discovery-errors",
    ];

    public static string[] StillRunning { get; } = ["in-progress", "completing-obsoletion", "completing-referential-updates"];

    public static string[] TryAgain { get; } =
    [
        "call-failure", "connection-failure",
        "no-start-ma-already-running", "no-start-ma-update-in-progress", "no-start-concurrent-execution-not-support",
        "call-failure:0x8023063D",
        "stopped-deadlocked", "sql-deadlock", "stopped-database-connection-lost", "stopped-connectivity", "no-start-connection",
        "stopped-server-down", "no-start-no-domain-controller", "stopped-service-shutdown", "stopped-ma-extension-timeout",
        "stopped-extension-dll-updated-version",
    ];

    public static string[] RunFullImport { get; } =
    [
        "no-start-full-import-required", "no-start-delta-step-type-not-configured", "no-start-change-log-not-enabled",
        "stopped-change-log-out-of-order",
    ];

    public static string[] StoppedByPerson { get; } = ["stopped-user-termination-from-wmi-or-ui"];

    public static string[] NeedsPerson { get; } =
    [
        // A limit that was set, and rules code that asked for a stop
        "stopped-object-limit", "stopped-deletion-limit", "stopped-user-termination-from-extension",
        // Everything else that stands alone
        "access-denied", "no-start-unknown-profile-name", "no-start-credentials", "stopped-bad-server-credentials",
        "no-start-no-steps-in-profile",
        "no-start-partition-not-configured", "missing-partition-for-run-step", "no-start-no-partition-delete", "no-start-partition-delete",
        "no-start-partition-rename", "no-start-bad-ma-configuration", "stopped-bad-ma-configuration", "no-start-server", "stopped-server",
        "no-start-ma", "stopped-ma", "stopped-error-limit", "stopped-export-disabled", "stopped-entry-point-not-implemented",
        "stopped-unexpected-data", "stopped-extensible-extension-error", "stopped-entry-export-error", "stopped-error-in-end-connection",
        "stopped-ma-extension-error-in-end-connection", "stopped-failed-to-delete-file", "stopped-password-extension-timeout",
        "stopped-password-extension-not-configured", "stopped-out-of-memory", "stopped-disk-full", "stopped-database-disk-full",
        "stopped-import-read", "stopped-export-write", "stopped-parsing-errors", "stopped-file-error", "stopped-file-embedded-nulls",
        "stopped-code-page-conversion",
        // Families
        .. Family("stopped-extension-dll-", "access", "ambiguous", "exception", "file-not-found", "instantiation", "invalid-assembly",
            "load", "missing-dependency", "no-implementation", "not-configured-for-ma", "not-configured-for-mv"),
        .. Family("no-start-database-", "permission", "schema-mismatch", "table"),
        .. Family("no-start-file-", "access-denied", "code-page", "contains-incorrect-step-type", "not-found", "open", "sharing-violation"),
        "no-start-header-row-mismatch", "no-start-ma-working-directory",
    ];

    public static IEnumerable<string> All =>
        [.. Success, .. Findings, .. StillRunning, .. TryAgain, .. RunFullImport, .. StoppedByPerson, .. NeedsPerson];

    private static IEnumerable<string> Family(string prefix, params string[] suffixes) => suffixes.Select(suffix => prefix + suffix);
}
