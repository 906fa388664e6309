using MimHybrid.Cycles.Settings;

namespace MimHybrid.Agent.Discovery;

/// <summary>The sequences that fit a server, and what of them nobody could see.</summary>
/// <param name="Guests">The management agent that brings guests.</param>
/// <param name="Accounts">The one that keeps their accounts.</param>
/// <param name="Doubts">What a person should compare, for people.</param>
internal sealed record Proposal(AgentProfiles Guests, AgentProfiles Accounts, IReadOnlyList<string> Doubts)
{
    public IReadOnlyList<Sequence> Sequences => ShippedSequences.For(Guests, Accounts);

    /// <summary>Whether the shipped names fit as they are.</summary>
    public bool IsShipped => Guests == new AgentProfiles("AADMA") && Accounts == new AgentProfiles("ADMA");
}

/// <summary>Makes the proposal: which management agent is which, and which of its profiles does what.</summary>
internal sealed class Proposer(IReadOnlyList<FoundAgent> found)
{
    private readonly List<string> doubts = [];

    /// <summary>Why there is no proposal, for people; null where there is one.</summary>
    public string? Trouble { get; private set; }

    /// <param name="guests">The name that somebody gave for the agent that brings guests; null: by its type.</param>
    /// <param name="accounts">The same for the agent that keeps accounts.</param>
    public Proposal? Propose(string? guests, string? accounts)
    {
        var source = Choose(guests, "--guests", "brings guests", FoundAgent.Graph);
        var target = Choose(accounts, "--accounts", "keeps the accounts", FoundAgent.ActiveDirectory);
        return source is null || target is null ? null : new Proposal(NamesOf(source), NamesOf(target), doubts);
    }

    private FoundAgent? Choose(string? named, string option, string does, string type)
    {
        if (named is not null)
            return found.FirstOrDefault(one => one.Name.Equals(named, StringComparison.OrdinalIgnoreCase))
                ?? Refuse($"{option} is '{named}'; allowed is {Names(found)}.");
        var fitting = found.Where(one => one.IsOf(type)).ToList();
        if (fitting is [var only]) return only;
        if (fitting.Count == 0)
            return Refuse($"No management agent has the type {type}, so nobody can tell which one {does}. There are {Names(found)}; "
                + $"name yours: {option} NAME.");

        // One whose export runs is in use; another may be there for other forests, or from a trial.
        if (fitting.Where(one => one.ProfilesOf(ProfileKind.Export).Count > 0).ToList() is [var exporting] && !exporting.BringsGuests)
        {
            doubts.Add($"Of {fitting.Count} management agents of the type {type} ({Names(fitting)}) only {exporting.Name} has exported "
                + $"lately, so it is taken for the one that {does}; if it is another, name it: {option} NAME.");
            return exporting;
        }

        return Refuse($"{fitting.Count} management agents have the type {type}: {Names(fitting)}. "
            + $"Name the one that {does}: {option} NAME.");
    }

    private FoundAgent? Refuse(string trouble)
    {
        Trouble = Trouble is null ? trouble : $"{Trouble} {trouble}";
        return null;
    }

    private AgentProfiles NamesOf(FoundAgent agent)
    {
        var (shipped, assumed) = (new AgentProfiles(agent.Name), new List<string>());
        var names = new AgentProfiles(agent.Name)
        {
            FullImport = Name(agent, ProfileKind.FullImport, shipped.FullImport, assumed),
            DeltaImport = Name(agent, ProfileKind.DeltaImport, shipped.DeltaImport, assumed),
            FullSynchronization = Name(agent, ProfileKind.FullSynchronization, shipped.FullSynchronization, assumed),
            DeltaSynchronization = Name(agent, ProfileKind.DeltaSynchronization, shipped.DeltaSynchronization, assumed),
            Export = agent.BringsGuests // nothing is exported to Entra
                ? shipped.Export
                : Name(agent, ProfileKind.Export, shipped.Export, assumed),
        };
        if (assumed.Count > 0)
            doubts.Add($"Of {agent.Name} these have not run lately, so their names are assumed: {string.Join(", ", assumed)}. Compare them "
                + "with Synchronization Service Manager, Configure Run Profiles; or run yours once and discover again.");
        return names;
    }

    private string Name(FoundAgent agent, ProfileKind kind, string shipped, List<string> assumed)
    {
        var (names, what) = (agent.ProfilesOf(kind), kind.ToWords());
        if (names.Count > 1 && !names.Contains(shipped, StringComparer.OrdinalIgnoreCase))
            doubts.Add($"{agent.Name} has {names.Count} profiles for a {what} ({string.Join(", ", names)}); "
                + $"'{names[0]}' ran last and is taken.");
        if (names.Count > 0)
            return names.FirstOrDefault(name => name.Equals(shipped, StringComparison.OrdinalIgnoreCase), names[0]);

        assumed.Add($"'{shipped}'");
        return shipped;
    }

    private static string Names(IEnumerable<FoundAgent> agents) =>
        string.Join(", ", agents.Select(one => $"{one.Name} ({one.Agent.Type})"));
}
