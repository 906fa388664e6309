using static MimHybrid.Mim.Results.ResultClass;

namespace MimHybrid.Mim.Results;

/// <summary>Words of ours, for what never reached MIM or came back without a word; marked by prefixes that MIM does not use.</summary>
internal static partial class ResultTable
{
    /// <summary>A foreign run outlasted our patience, so Execute was never called.</summary>
    internal const string ForeignRunDeadline = "not-started-foreign-run";

    /// <summary>Who asked for the run did not let it start after all.</summary>
    internal const string NotAllowed = "not-started-held";

    private static IEnumerable<ResultWord> Ours => [.. BeforeTheStart, .. OfCim];

    private static IEnumerable<ResultWord> BeforeTheStart =>
    [
        new(ForeignRunDeadline, TryAgain,
            "Somebody else's run outlasted SyncServer:ForeignRunDeadline", "Synchronization Service Manager, Operations, shows whose.")
        {
            Retries = 0, Trace = RunTrace.NotAsked, // it was waited for: trying again would only double that
        },
        new(NotAllowed, NeedsPerson,
            "This program held the run back right before its start", "the run log says why.")
        {
            Trace = RunTrace.NotAsked,
        },
    ];

    /// <summary>One for each way in which CIM fails.</summary>
    internal static IEnumerable<ResultWord> OfCim =>
    [
        OfFailure("cim-access-denied", CimFailure.AccessDenied, NeedsPerson,
            "The account may not use MIM's WMI namespace", "add it to FIMSyncOperators (never Administrators) and sign it in again."),
        OfFailure("cim-invalid-namespace", CimFailure.InvalidNamespace, NeedsPerson,
            "MIM's synchronization service is not installed on this server",
            "run this program where it is, or set SyncServer:ComputerName."),
        OfFailure("cim-invalid-class", CimFailure.InvalidClass, NeedsPerson,
            "The WMI namespace lacks MIM's classes", "correct SyncServer:Namespace, or repair the synchronization service."),
        OfFailure("cim-invalid-query", CimFailure.InvalidQuery, NeedsPerson,
            "MIM's provider did not understand a query of this program", "report it together with the name of the management agent."),
        OfFailure("cim-not-found", CimFailure.NotFound, NeedsPerson,
            "There is no management agent of that name", "compare the settings with Synchronization Service Manager, Management Agents."),
        OfFailure("cim-unreachable", CimFailure.Unreachable, TryAgain,
            "The server or its synchronization service does not answer", "check that the service FIMSynchronizationService runs."),
        OfFailure("cim-no-native-library", CimFailure.NoNativeLibrary, NeedsPerson,
            "MIM can only be asked from Windows",
            "run this program on the server of the synchronization service, or try it with --sandbox.")
            with { Trace = RunTrace.NotAsked },
        OfFailure("cim-failed", CimFailure.Other, TryAgain,
            "WMI failed, as it does where the service FIMSynchronizationService is stopped",
            "it is tried again, and if it fails although that service runs, read the server's event log "
            + "Microsoft-Windows-WMI-Activity/Operational."),
    ];

    /// <summary>
    /// A call of Execute that ends so may have begun its run: rights are taken away and a service is stopped in mid-run, too.
    /// </summary>
    private static ResultWord OfFailure(string word, CimFailure failure, ResultClass resultClass, string meaning, string todo) =>
        new(word, resultClass, meaning, todo) { Failure = failure, Trace = RunTrace.Unknown };
}
