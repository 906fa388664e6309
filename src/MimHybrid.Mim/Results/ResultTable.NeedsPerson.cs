using static MimHybrid.Mim.Results.ResultClass;

namespace MimHybrid.Mim.Results;

/// <summary>What no second try mends (README.md#the-classes-of-result-words).</summary>
internal static partial class ResultTable
{
    private const string ConnectorFailed =
        "The connector failed; its exception is in the Application event log of the server (source FIMSynchronizationService, event 6801, "
        + "or source ConnectorsLog). The usual cause with Microsoft's connector for Graph: "
        + "its own client secret has expired or lacks consent.";

    private static IEnumerable<ResultWord> Refused =>
    [
        new(AccessDenied, NeedsPerson,
            "The account may not run management agents", "add it to the group FIMSyncOperators and sign it in again.")
        {
            Trace = RunTrace.Refused, Failure = CimFailure.AccessDenied,
        },
        new("no-start-unknown-profile-name", NeedsPerson,
            "The management agent has no run profile of that name", "compare the settings with its Configure Run Profiles."),
        new("no-start-no-steps-in-profile", NeedsPerson,
            "The run profile has no step", "add one under Configure Run Profiles in Synchronization Service Manager."),
        new("no-start-partition-not-configured", NeedsPerson,
            "The run profile's step names a partition that is not selected", "select it in the management agent's properties."),
        new("missing-partition-for-run-step", NeedsPerson,
            "The run profile's step names a partition that is gone", "choose another under Configure Run Profiles."),
        new("no-start-no-partition-delete", NeedsPerson,
            "A partition was deleted in the connected directory", "refresh the management agent's partitions and correct the run profile."),
        new("no-start-partition-delete", NeedsPerson,
            "A partition was deleted in the connected directory", "refresh the management agent's partitions and correct the run profile."),
        new("no-start-partition-rename", NeedsPerson,
            "A partition was renamed in the connected directory", "refresh the management agent's partitions and correct the run profile."),
        new("no-start-bad-ma-configuration", NeedsPerson,
            "The management agent's configuration is not valid", "open its properties in Synchronization Service Manager and correct it."),
        new("no-start-server", NeedsPerson,
            "The synchronization service failed before the run began", "read the Application event log of the server."),
        new("no-start-ma", NeedsPerson,
            "The management agent failed before the run began", "read the Application event log of the server."),
        new("no-start-header-row-mismatch", NeedsPerson,
            "The import file's header row is not the configured one", "correct the file or the management agent."),
        new("no-start-ma-working-directory", NeedsPerson,
            "The management agent's folder under MaData is missing or closed to the service account", "restore it or its permissions."),
    ];

    private static IEnumerable<ResultWord> Connected =>
    [
        new("no-start-credentials", NeedsPerson,
            "The directory refused the account that the management agent signs in with", "correct it in the management agent's properties, "
            + "Connectivity (Graph) or Connect to Active Directory Forest."),
        new("stopped-bad-server-credentials", NeedsPerson,
            "The directory refused the account that the management agent signs in with", "correct it in the management agent's properties, "
            + "Connectivity (Graph) or Connect to Active Directory Forest."),
        new("stopped-export-disabled", NeedsPerson,
            "Export is disabled for this management agent", "enable it in Synchronization Service Manager if exports are meant to run."),
        new("stopped-entry-export-error", NeedsPerson,
            "The management agent gave up at an object that it could not export", "read the run's errors and correct that object."),
        new("stopped-error-limit", NeedsPerson,
            "The run gave up because too many objects failed", "read the run's errors, the first ones usually name the cause."),
        new("stopped-import-read", NeedsPerson,
            "The management agent could not read from its source", "read the run's details and check the source."),
        new("stopped-export-write", NeedsPerson,
            "The management agent could not write to its target", "read the run's details and check the target and its free space."),
        new("stopped-parsing-errors", NeedsPerson,
            "What the management agent read could not be parsed", "read the run's discovery errors and correct the source."),
        new("stopped-unexpected-data", NeedsPerson,
            "The directory sent what the management agent does not expect", "read the run's details and check for a newer connector."),
    ];

    private static IEnumerable<ResultWord> Broken =>
    [
        new("stopped-bad-ma-configuration", NeedsPerson,
            "The management agent's configuration is not valid", "open its properties in Synchronization Service Manager and correct it."),
        new("stopped-server", NeedsPerson,
            "The synchronization service failed during the run", "read the Application event log of the server."),
        new("stopped-ma", NeedsPerson,
            "The management agent failed during the run", "read the Application event log of the server."),
        new("stopped-entry-point-not-implemented", NeedsPerson,
            "The management agent's extension lacks a function that the run needs", "install the version that fits its configuration."),
        new("stopped-extensible-extension-error", NeedsPerson,
            "The management agent's extension failed", "its exception is in the Application event log (source ConnectorsLog).")
        {
            ConnectorAdvice = ConnectorFailed, FullImportMayHelp = true,
        },
        new("stopped-error-in-end-connection", NeedsPerson,
            "The management agent's extension failed while closing its connection", "read its exception in the Application event log.")
        {
            ConnectorAdvice = ConnectorFailed,
        },
        new("stopped-ma-extension-error-in-end-connection", NeedsPerson,
            "The management agent's extension failed while closing its connection", "read its exception in the Application event log.")
        {
            ConnectorAdvice = ConnectorFailed,
        },
        new("stopped-password-extension-timeout", NeedsPerson,
            "The password extension took too long", "check it and its target, or raise its time limit."),
        new("stopped-password-extension-not-configured", NeedsPerson,
            "Password management is on but no password extension is configured", "configure one in the management agent's properties."),
    ];

    private static IEnumerable<ResultWord> Machine =>
    [
        new("stopped-out-of-memory", NeedsPerson, "The server ran out of memory during the run", "free or add memory, then run again."),
        new("stopped-disk-full", NeedsPerson, "A disk of the server is full", "free space, then run again."),
        new("stopped-database-disk-full", NeedsPerson, "The disk of MIM's database is full", "free space on SQL Server, then run again."),
        new("stopped-failed-to-delete-file", NeedsPerson,
            "MIM could not delete a file of an earlier run", "look in the management agent's folder under MaData for an open file."),
        new("stopped-file-error", NeedsPerson, "MIM could not use a file of this run", "read the run's details for its name."),
        new("stopped-file-embedded-nulls", NeedsPerson, "The import file contains null characters", "correct the code page or the file."),
        new("stopped-code-page-conversion", NeedsPerson, "The import file does not fit the configured code page",
        "correct one of the two."),
    ];

    private static IEnumerable<ResultWord> Extensions =>
    [
        new("stopped-extension-dll-access", NeedsPerson,
            "The service account may not read an extension DLL", "give it read access to the Extensions folder."),
        new("stopped-extension-dll-ambiguous", NeedsPerson,
            "An extension DLL has more than one class that implements the interface", "leave one, or name it in the configuration."),
        new("stopped-extension-dll-exception", NeedsPerson,
            "A rules extension threw an exception", "read it in the run's details and tell who wrote the extension.")
        {
            ConnectorAdvice = ConnectorFailed, FullImportMayHelp = true,
        },
        new("stopped-extension-dll-file-not-found", NeedsPerson,
            "An extension DLL is missing", "put it into the Extensions folder or correct its name in the configuration."),
        new("stopped-extension-dll-instantiation", NeedsPerson,
            "The class of an extension DLL could not be created", "read the exception in the Application event log."),
        new("stopped-extension-dll-invalid-assembly", NeedsPerson,
            "An extension DLL is not a valid .NET assembly", "put the right build into the Extensions folder."),
        new("stopped-extension-dll-load", NeedsPerson,
            "An extension DLL could not be loaded", "check that it is built for the server's .NET Framework and processor type."),
        new("stopped-extension-dll-missing-dependency", NeedsPerson,
            "An extension DLL needs another file that is missing", "put that file into the Extensions folder too."),
        new("stopped-extension-dll-no-implementation", NeedsPerson,
            "An extension DLL has no class that implements the interface", "put the right build into the Extensions folder."),
        new("stopped-extension-dll-not-configured-for-ma", NeedsPerson,
            "The management agent's rules need an extension but none is configured", "name it in the management agent's properties."),
        new("stopped-extension-dll-not-configured-for-mv", NeedsPerson,
            "The metaverse rules need an extension but none is configured", "name it under Tools, Options, Metaverse Rules Extension."),
    ];

    private static IEnumerable<ResultWord> DatabaseAndFiles =>
    [
        new("no-start-database-permission", NeedsPerson,
            "The management agent's account lacks a permission in its source database", "ask the owner of that database."),
        new("no-start-database-schema-mismatch", NeedsPerson,
            "The source database's columns are not the configured ones", "refresh the management agent's schema."),
        new("no-start-database-table", NeedsPerson,
            "The source table or view is missing", "restore it or correct the management agent's configuration."),
        new("no-start-file-access-denied", NeedsPerson, "The service account may not read the import file", "give it access to the file."),
        new("no-start-file-code-page", NeedsPerson, "The import file's code page is not the configured one", "correct one of the two."),
        new("no-start-file-contains-incorrect-step-type", NeedsPerson,
            "The file was written for another kind of step", "choose the file that belongs to this run profile."),
        new("no-start-file-not-found", NeedsPerson,
            "The import file is missing", "put it into the management agent's folder under MaData or correct its name in the run profile."),
        new("no-start-file-open", NeedsPerson,
            "The import file could not be opened", "read the Application event log of the server for the cause."),
        new("no-start-file-sharing-violation", NeedsPerson, "Another program holds the import file open", "close it, then run again."),
    ];
}
