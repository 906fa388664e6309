using MimHybrid.Agent.Hosting;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the event log knows our source. The agent works without, but then nobody sees its warnings.</summary>
internal sealed class EventLogCheck() : QuickCheck("event-log")
{
    /// <summary>
    /// As the installation does it (scripts/MimHybrid/EventSource.ps1); typed so, cmd and every PowerShell take it. PowerShell 7 has no
    /// New-EventLog.
    /// </summary>
    public const string Remedy =
        $@"reg add HKLM\SYSTEM\CurrentControlSet\Services\EventLog\{EventLogLines.LogName}\{EventLogLines.Source} "
        + @"/v EventMessageFile /t REG_EXPAND_SZ /d %SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll";

    protected override IEnumerable<Finding> Look(CheckContext context) => context.Server is { } server
        ? [Judge(server)]
        : [Skipped("not Windows", "look at it on the server")];

    public Finding Judge(ServerFacts server) => server.HasEventSource
        ? Ok($"the source {EventLogLines.Source} of the log {EventLogLines.LogName} is there")
        : Warning(
            $"the log {EventLogLines.LogName} has no source {EventLogLines.Source}, so warnings and errors do not appear there",
            $"run Install-MimHybrid.ps1 again, or as an administrator: {Remedy}");
}
