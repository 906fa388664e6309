using MimHybrid.Graph;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Agent.Checks;

/// <summary>What the failures of the two systems are called in a line of the check, and what to do about them.</summary>
internal static class Advice
{
    /// <summary>A failure's sentence says what is wrong and, behind its first full stop, what to do; or only what to do, behind a code and a colon.</summary>
    public static Finding Of(PollFailure failure, Func<string, string, Finding> finding)
    {
        var sentence = failure.ToString().TrimEnd('.');
        var (saw, todo) = Split(sentence, ". ") ?? Split(sentence, ": ") ?? (sentence, "");
        return todo.Length == 0 || todo.Contains("tries again", StringComparison.Ordinal) || todo.StartsWith("The agent", StringComparison.Ordinal)
            ? finding(saw, Passing(failure))
            : finding(saw, todo);
    }

    public static string Of(CimConnectionException exception) => exception.Failure switch
    {
        CimFailure.AccessDenied => $"add {Caller.Name} to the group FIMSyncOperators on the sync server and sign in again",
        CimFailure.InvalidNamespace or CimFailure.InvalidClass => "run this on the server of MIM's synchronization service, or set SyncServer:ComputerName; else repair that service's installation",
        CimFailure.Unreachable => "see that the service FIMSynchronizationService and Windows Management Instrumentation run, and, for another server, that WS-Man (port 5985) is open",
        CimFailure.NoNativeLibrary => "run this on Windows, best on MIM's own server; to try it here: mimhybrid check --sandbox",
        _ => "see that the service FIMSynchronizationService runs; if it does, look into the event log of the sync server, "
            + "and try in PowerShell: Get-CimInstance -Namespace root\\MicrosoftIdentityIntegrationServer MIIS_ManagementAgent",
    };

    private static (string Saw, string Todo)? Split(string sentence, string at) =>
        sentence.IndexOf(at, StringComparison.Ordinal) is > 0 and var end ? (sentence[..end], sentence[(end + at.Length)..]) : null;

    private static string Passing(PollFailure failure) => failure.Class switch
    {
        PollFailureClass.Unreachable => "check network, proxy (Graph:Proxy) and firewall: https to the sign-in host and to Graph must be open",
        PollFailureClass.Malformed => "check proxies and portals between this server and Microsoft",
        _ => "wait some minutes and try again; the agent does so by itself",
    };
}
