using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Checks;

/// <summary>What the failures of the two systems are called in a line of the check, and what to do about them.</summary>
internal static class Advice
{
    /// <summary>What is wrong with Graph or the sign-in, with Graph's id of the request where there is one.</summary>
    public static Finding Of(PollFailure failure, Func<string, string, Finding> finding) => finding(
        failure.What.TrimEnd('.') + (failure.RequestId is { } id ? $" (Graph's request-id: {id})" : ""),
        failure.WhatToDo?.TrimEnd('.') ?? Passing(failure));

    public static string Of(CimConnectionException exception) => exception.Failure switch
    {
        CimFailure.AccessDenied => $"add {CurrentAccount.Name} to the group FIMSyncOperators on the sync server and sign in again",
        CimFailure.InvalidNamespace or CimFailure.InvalidClass =>
            "run this on the server of MIM's synchronization service, or set "
                + "SyncServer:ComputerName; else repair that service's installation",
        CimFailure.Unreachable => "see that the service FIMSynchronizationService and Windows Management Instrumentation run, "
            + "and, for another server, that WS-Man (port 5985) is open",
        CimFailure.NoNativeLibrary => "run this on Windows, best on MIM's own server; to try it here: mimhybrid check --sandbox",
        _ => "see that the service FIMSynchronizationService runs; if it does, look in the event log of the sync server, "
            + "and try in PowerShell: Get-CimInstance -Namespace root\\MicrosoftIdentityIntegrationServer MIIS_ManagementAgent",
    };

    private static string Passing(PollFailure failure) => failure.Class switch
    {
        PollFailureClass.Unreachable =>
            "check network, proxy (Graph:Proxy) and firewall: https to the sign-in host and to Graph must be open",
        PollFailureClass.Malformed => "check proxies and portals between this server and Microsoft",
        _ => "wait some minutes and try again; the agent does so by itself",
    };
}
