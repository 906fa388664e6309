using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tests.Show;

namespace MimHybrid.Agent.Tests.Commands;

/// <summary>What one cause explains is one line, advice that several lines share stands once, and the end sums up.</summary>
public sealed class CheckTextTests
{
    [Fact]
    public Task One_cause_is_one_line()
    {
        const string todo = "correct the settings; where each value comes from: mimhybrid config show";
        return MatchesAsync("check-failed",
            new Finding(FindingState.Ok, "program", "MimHybrid 1.0.0 as CONTOSO\\svc-mim on MIM01"),
            new Finding(FindingState.Failed, "settings", "Graph:TenantId is missing; allowed is the tenant's id (a GUID) or a domain of it", todo),
            new Finding(FindingState.Failed, "settings", "Graph:ClientId is missing; allowed is the application (client) id of the app registration, a GUID", todo),
            new Finding(FindingState.Warning, "disk", "0.9 GB free", "make room on that disk"),
            new Finding(FindingState.Skipped, "sign-in", "not looked at: needs settings", "see to settings first"),
            new Finding(FindingState.Skipped, "graph", "not looked at: needs settings", "see to settings first"),
            new Finding(FindingState.Skipped, "clock", "not looked at: needs settings", "see to settings first"),
            new Finding(FindingState.Ok, "event-log", "the source MimHybrid is there"));
    }

    [Fact]
    public Task All_is_well() => MatchesAsync("check-well",
        new Finding(FindingState.Ok, "management-agents", "AADMA is there (Graph (Microsoft))"),
        new Finding(FindingState.Ok, "management-agents", "ADMA is there (Active Directory)"));

    internal static Task MatchesAsync(string name, params Finding[] findings)
    {
        var all = new Sheet();
        var text = new CheckText(sheet => all.Add(sheet));
        foreach (var finding in findings) text.Tell(finding);
        text.End(findings);
        return Approved.MatchesAsync(Seen.Everywhere(all), name);
    }
}
