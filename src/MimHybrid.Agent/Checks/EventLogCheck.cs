using MimHybrid.Agent.Hosting;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the event log knows our source. The agent works without, but then nobody sees its warnings.</summary>
internal sealed class EventLogCheck() : QuickCheck("event-log")
{
    protected override IEnumerable<Finding> Look(Examined examined) => examined.Server is { } server
        ? [Judge(server)]
        : [Skipped("not Windows", "look at it on the server")];

    public Finding Judge(ServerFacts server) => server.HasEventSource
        ? Ok($"the source {EventLogLines.Source} of the log {EventLogLines.LogName} is there")
        : Warning(
            $"the log {EventLogLines.LogName} has no source {EventLogLines.Source}, so warnings and errors do not appear there",
            $"as an administrator, in Windows PowerShell: New-EventLog -LogName {EventLogLines.LogName} -Source {EventLogLines.Source}");
}
