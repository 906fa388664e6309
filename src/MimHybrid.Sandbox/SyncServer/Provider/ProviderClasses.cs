using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;
using MimHybrid.Sandbox.SyncServer.Wql;

namespace MimHybrid.Sandbox.SyncServer.Provider;

/// <summary>One class of the provider. Each instance is a list of values in the order of the properties.</summary>
internal sealed record ProviderClass(string Name, string Key, string[] Properties, Func<SyncServerState, IEnumerable<string[]>> Instances);

/// <summary>
/// The three classes of MIM's provider that matter here (MimHybrid.Mim/README.md#everything-is-text), and queries over them.
/// </summary>
internal sealed class ProviderClasses(SyncServerState state, bool keysHaveHyphen)
{
    public const string ManagementAgent = "MIIS_ManagementAgent";
    public const string RunHistory = "MIIS_RunHistory";
    public const string Server = "MIIS_Server";

    private readonly ProviderClass[] all =
    [
        new(ManagementAgent, "Name", ["Name", "Guid", "Type"], static state => state.Agents.Select(AgentInstance)),
        new(
            RunHistory,
            "Key",
            ["Key", "MaName", "MaGuid", "RunNumber", "RunProfile", "RunStatus", "RunStartTime", "RunEndTime"],
            state => state.History.Runs.Reverse().Select(run => RunInstance(run, keysHaveHyphen))),
        new(Server, "Name", ["Name"], static _ => [["MIIS_Server1"]]),
    ];

    /// <summary>
    /// The agent's GUID followed by the run number, with or without a hyphen between them, as two pages of Microsoft's have it
    /// (MimHybrid.Mim/README.md#the-run-history).
    /// </summary>
    private static string RunKey(SandboxRunRecord run, bool keysHaveHyphen) =>
        $"{MimText.Id(run.AgentId)}{(keysHaveHyphen ? "-" : "")}{MimText.Number(run.RunNumber)}";

    public bool IsKeyOf(SandboxRunRecord run, string key) => RunKey(run, keysHaveHyphen).Equals(key, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CimConnectionException">There is no such class.</exception>
    public ProviderClass Find(string className) =>
        Array.Find(all, known => known.Name.Equals(className, StringComparison.OrdinalIgnoreCase))
        ?? throw new CimConnectionException(CimFailure.InvalidClass, $"There is no class {className}.");

    /// <exception cref="CimConnectionException">The query is not WQL, or names a class or a property that is not there.</exception>
    public IReadOnlyList<CimRow> Query(string wql)
    {
        var query = WqlParser.Parse(wql);
        var queried = Find(query.ClassName);
        var conditions = query.Conditions
            .Select(condition => (Index: IndexOf(queried, condition.Property), Condition: condition))
            .ToArray();
        int[] selected = query.Properties.Count == 0
            ? [.. Enumerable.Range(0, queried.Properties.Length)]
            : [.. query.Properties.Select(property => IndexOf(queried, property))];

        lock (state.Gate)
        {
            return
            [
                .. queried.Instances(state)
                    .Where(instance => conditions.All(entry => entry.Condition.Holds(instance[entry.Index])))
                    .Select(instance => Row(queried, selected, instance)),
            ];
        }
    }

    private static CimRow Row(ProviderClass queried, int[] selected, string[] instance) =>
        new(selected.Select(index => KeyValuePair.Create<string, string?>(queried.Properties[index], instance[index])));

    private static int IndexOf(ProviderClass queried, string property)
    {
        var index = Array.FindIndex(queried.Properties, known => known.Equals(property, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index
            : throw new CimConnectionException(CimFailure.InvalidQuery, $"{queried.Name} has no property {property}.");
    }

    private static string[] AgentInstance(AgentState managementAgent) =>
        [managementAgent.Identity.Name, MimText.Id(managementAgent.Identity.Id), managementAgent.Identity.Type];

    private static string[] RunInstance(SandboxRunRecord run, bool keysHaveHyphen) =>
    [
        RunKey(run, keysHaveHyphen), run.AgentName, MimText.Id(run.AgentId), MimText.Number(run.RunNumber), run.RunProfile, run.Status,
        MimText.Date(run.StartedAt), MimText.Date(run.EndedAt),
    ];
}
