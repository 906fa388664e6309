using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Discovery;

/// <summary>What was found on the server, and what follows, for people.</summary>
internal static class ProposalText
{
    public static Sheet Found(IReadOnlyList<FoundAgent> agents, TimeSpan past)
    {
        var sheet = new Sheet().Line($"Management agents, and the run profiles that ran in the last {past.Days} days:", Tone.Strong);
        foreach (var agent in agents)
        {
            sheet.Line($"  {agent.Name} ({agent.Agent.Type})");
            var width = agent.Profiles.Select(profile => profile.Name.Length).DefaultIfEmpty().Max();
            foreach (var profile in agent.Profiles)
                sheet.Row($"    {Printable.Of(profile.Name).PadRight(width)}  ", ProfileKinds.Describe(profile));
            if (agent.Profiles.Count == 0) sheet.Line("    none", Tone.Faint);
        }

        return sheet;
    }

    public static Sheet Of(Proposal proposal)
    {
        var sheet = new Sheet().Blank()
            .Line($"{proposal.Guests.ManagementAgent} brings the guests, and {proposal.Accounts.ManagementAgent} keeps their accounts.");
        foreach (var doubt in proposal.Doubts) sheet.Row("? ", doubt, labelTone: Tone.Warning);
        return sheet;
    }
}
