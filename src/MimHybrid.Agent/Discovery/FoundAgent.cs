using MimHybrid.Mim;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Agent.Discovery;

/// <summary>A management agent of this server, and the run profiles that have run lately, as far as the history tells.</summary>
internal sealed record FoundAgent(ManagementAgent Agent, IReadOnlyList<SeenProfile> Profiles)
{
    public const string Graph = "Graph (Microsoft)";
    public const string ActiveDirectory = "Active Directory";

    public string Name => Agent.Name;

    public bool BringsGuests => IsOf(Graph);

    public bool IsOf(string type) => Agent.Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    public static async Task<IReadOnlyList<FoundAgent>> FindAllAsync(
        SyncServer server, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new List<FoundAgent>();
        foreach (var agent in await server.ListManagementAgentsAsync(cancellationToken))
            found.Add(new FoundAgent(agent, await server.ReadProfilesSeenAsync(agent.Name, since, cancellationToken)));
        return [.. found.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Its profiles of that kind, the one that ran last first.</summary>
    public IReadOnlyList<string> ProfilesOf(ProfileKind kind) =>
        [.. Profiles.Where(profile => ProfileKinds.Of(profile) == kind).OrderByDescending(profile => profile.LastRanAt)
            .Select(profile => profile.Name)];
}
