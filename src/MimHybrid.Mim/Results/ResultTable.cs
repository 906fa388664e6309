using static MimHybrid.Mim.Results.ResultClass;

namespace MimHybrid.Mim.Results;

/// <summary>
/// Every result word that is known, once, with all that is known of it: class, retries, waits, advice
/// (README.md#the-classes-of-result-words). Below them the words that are ours.
/// </summary>
internal static partial class ResultTable
{
    /// <summary>May be followed by a colon and an HRESULT.</summary>
    internal const string CallFailure = "call-failure";

    /// <summary>The HRESULT of event 6309: MIM runs one synchronization at a time.</summary>
    internal const string AnotherSynchronization = "0x8023063D";

    internal const string AnotherSynchronizationRow = $"{CallFailure}:{AnotherSynchronization}";
    internal const string AlreadyRunning = "no-start-ma-already-running";
    internal const string ConnectionFailure = "connection-failure";
    internal const string AccessDenied = "access-denied";
    internal const string NoRunThatOld = "invalid-date-parameter";
    internal const string InProgress = "in-progress";
    internal const string DiscoveryErrors = "completed-discovery-errors";

    internal static IEnumerable<ResultWord> Rows =>
    [
        .. Finished, .. Running, .. Passing, .. FullImportNeeded, .. Stopped,
        .. Refused, .. Connected, .. Broken, .. Machine, .. Extensions, .. DatabaseAndFiles,
        .. Ours,
    ];

    private static IEnumerable<ResultWord> Finished =>
    [
        new("success", Success, ""),
        new("completed-no-objects", Success, ""),

        // ClearRuns returns it where no run is that old, or for a malformed date, which ours never is (README.md#the-run-history).
        new(NoRunThatOld, Success, ""),
        new("completed-warnings", Findings,
            "The run completed with warnings", "read them in Synchronization Service Manager, Operations."),
        new("completed-sync-errors", Findings,
            "Some objects could not be synchronized", "read each object's error in this run and correct the cause."),
        new("completed-export-errors", Findings,
            "The directory refused some objects",
            "read each object's error in this run and correct the cause, the next export tries again.")
        {
            Note = "The directory refused some objects; what it accepted is confirmed all the same.",
            ObjectsRefused = true,
        },
        new("completed-transient-objects", Findings,
            "Some objects were left transient, which is often harmless", "if the same ones stay, a full import clears them.")
        {
            Note = "Some objects are left transient, which is often harmless; the next full import clears them. Goes on.",
        },
        new(DiscoveryErrors, Findings,
            "The import could not read everything, so deletions were not staged",
            "correct the objects that the run lists and import again.")
        {
            ImportIncomplete = true,
        },
    ];

    private static IEnumerable<ResultWord> Running =>
    [
        new(InProgress, StillRunning,
            "The run was still going when last asked", "Synchronization Service Manager, Operations, shows its end."),
        new("completing-obsoletion", StillRunning,
            "The run is still marking what was not imported as deleted", "wait until its status changes."),
        new("completing-referential-updates", StillRunning,
            "The run is still updating references between objects", "wait until its status changes."),
    ];

    private static IEnumerable<ResultWord> Passing =>
    [
        new(AlreadyRunning, TryAgain,
            "Somebody else runs this management agent", "it is tried again when idle, and Synchronization Service Manager shows who.")
        {
            IsWaitedFor = true, Retries = 0, // trying again would only double the wait
        },
        new("no-start-ma-update-in-progress", TryAgain,
            "The management agent is being created, edited or deleted", "it is tried again when that is done."),
        new("no-start-concurrent-execution-not-support", TryAgain,
            "Another management agent of the same type runs and the two cannot run together", "it is tried again later."),
        new(AnotherSynchronizationRow, TryAgain,
            "Another synchronization is running and MIM allows one at a time (event 6309)", "it is tried again later.")
        {
            IsWaitedFor = true, Retries = 0, Trace = RunTrace.Refused, Failure = CimFailure.Other,
        },

        // A cause that nobody can name: once, then a person is needed (README.md#unknown-words).
        new(CallFailure, TryAgain,
            "MIM's provider failed", "it is tried again, and if that does not help, check that the service FIMSynchronizationService runs, "
            + "and read the Application event log of the server.")
        {
            Retries = 1, NeedsPersonIfItStays = true, Trace = RunTrace.Unknown, Failure = CimFailure.Other,
        },

        // The number of AutoSync (README.md#what-may-run-together): a deadlock ends as soon as the other side is through.
        new("stopped-deadlocked", TryAgain,
            "SQL Server ended this run to break a deadlock",
            "it is tried again, and if that does not help, check what else runs at this time.")
        {
            Retries = 5,
        },
        new("sql-deadlock", TryAgain,
            "SQL Server ended this run to break a deadlock",
            "it is tried again, and if that does not help, check what else runs at this time.")
        {
            Retries = 1,
        },
        new("stopped-database-connection-lost", TryAgain,
            "MIM lost its SQL Server", "it is tried again, and if that does not help, check SQL Server and the network to it.")
        {
            Retries = 1,
        },
        new("stopped-connectivity", TryAgain,
            "The connection to the directory broke during the run",
            "it is tried again, and if that does not help, check network and directory."),
        new("no-start-connection", TryAgain,
            "MIM could not connect to the directory",
            "it is tried again, and if that does not help, check server name, proxy and network."),
        new("stopped-server-down", TryAgain,
            "The connected directory went down during the run", "it is tried again, and if that does not help, check that server."),
        new("no-start-no-domain-controller", TryAgain,
            "MIM found no domain controller",
            "it is tried again, and if that does not help, check DNS and the management agent's list of them."),
        new(ConnectionFailure, TryAgain,
            "The synchronization service does not answer or took this account's rights away",
            "check that the service FIMSynchronizationService runs.")
        {
            Trace = RunTrace.Unknown, Failure = CimFailure.Unreachable,
        },
        new("stopped-service-shutdown", TryAgain,
            "The synchronization service was stopped or restarted during the run", "it is tried again when the service is back."),
        new("stopped-ma-extension-timeout", TryAgain,
            "The management agent's extension took too long",
            "it is tried again, and if that does not help, raise the time limit of its parameters."),
        new("stopped-extension-dll-updated-version", TryAgain,
            "A newer extension DLL was put in place during the run", "it is tried again with the new one.")
        {
            Retries = 1, // the newer one is in place then; if not, it is not a matter of time
        },
    ];

    private static IEnumerable<ResultWord> FullImportNeeded =>
    [
        new("no-start-full-import-required", RunFullImport,
            "The management agent has no valid watermark, so a delta import cannot start", "a full import makes one."),
        new("no-start-delta-step-type-not-configured", RunFullImport,
            "Delta import is not configured for this management agent", "use the full import profile or configure delta import."),
        new("no-start-change-log-not-enabled", RunFullImport,
            "The directory keeps no change log, so a delta import cannot start", "run a full import or enable the change log."),
        new("stopped-change-log-out-of-order", RunFullImport,
            "The connected directory's change log is out of order, so a delta import would miss changes", "a full import corrects that."),
    ];

    private static IEnumerable<ResultWord> Stopped =>
    [
        new("stopped-user-termination-from-wmi-or-ui", StoppedByPerson,
            "The run was stopped by a person or by this program", "nothing is lost, the changes are carried by the next cycle."),
        new("stopped-user-termination-from-extension", NeedsPerson,
            "A rules extension asked MIM to stop the run", "ask who wrote the extension, its messages are in the run's details."),
        new("stopped-object-limit", NeedsPerson,
            "The run reached the number of objects set in the run profile's step", "check whether they are right before raising it."),
        new("stopped-deletion-limit", NeedsPerson,
            "The run reached the number of deletions set in the run profile's step", "check whether they are right before raising it."),
    ];
}
