using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Provider;

/// <summary>
/// The methods of MIIS_ManagementAgent that only look. All of them return text (MimHybrid.Mim/README.md#everything-is-text).
/// </summary>
internal sealed class AgentMethods(SyncServerState state, RunDetailsXml runDetails)
{
    private static readonly Dictionary<string, Func<ConnectorSpace, int>> Counts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NumExportAdd"] = static space => space.CountPendingExports(Modification.Add),
        ["NumExportUpdate"] = static space => space.CountPendingExports(Modification.Update),
        ["NumExportDelete"] = static space => space.CountPendingExports(Modification.Delete),
        ["NumImportAdd"] = static space => space.CountPendingImports(Modification.Add),
        ["NumImportUpdate"] = static space => space.CountPendingImports(Modification.Update),
        ["NumImportDelete"] = static space => space.CountPendingImports(Modification.Delete),
        ["NumImportNoChange"] = static space => space.Count(o => o.PendingImport is null),
        ["NumCSObjects"] = static space => space.Objects.Count,
        ["NumConnectors"] = static space => space.Count(IsConnector),
        ["NumTotalConnectors"] = static space => space.Count(IsConnector),
        ["NumDisconnectors"] = static space => space.Count(o => !IsConnector(o) && !o.IsFiltered),
        ["NumFilteredDisconnectors"] = static space => space.Count(o => o.IsFiltered),
        ["NumTotalDisconnectors"] = static space => space.Count(o => !IsConnector(o)),
        // Explicit links are made by hand in MIM's console, placeholders by containers that nobody imports: the sandbox has neither.
        ["NumExplicitConnectors"] = static _ => 0,
        ["NumExplicitDisconnectors"] = static _ => 0,
        ["NumPlaceholders"] = static _ => 0,
    };

    /// <summary>The method's answer; null when there is no such method here.</summary>
    public string? Invoke(AgentState managementAgent, string method)
    {
        // Not under the gate: a run with very many errors takes its time to write, and others may ask meanwhile.
        if (method.Equals("RunDetails", StringComparison.OrdinalIgnoreCase))
            return runDetails.Write(LastUnderGate(managementAgent));

        lock (state.Gate)
        {
            return Counts.TryGetValue(method, out var count) ? MimText.Number(count(managementAgent.Space))
                : method.ToUpperInvariant() switch
                {
                    "RUNSTATUS" => Last(managementAgent)?.Status ?? "",
                    "RUNPROFILE" => Last(managementAgent)?.RunProfile ?? "",
                    "RUNNUMBER" => Last(managementAgent) is { } run ? MimText.Number(run.RunNumber) : "",
                    // Documented for an idle management agent alone (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run).
                    "RUNSTARTTIME" => Last(managementAgent) is { IsGoing: false } idle ? MimText.Date(idle.StartedAt) : "",
                    "RUNENDTIME" =>
                        Last(managementAgent) is { IsGoing: true }
                            ? SandboxResultWords.InProgress
                            : MimText.Date(Last(managementAgent)?.EndedAt),
                    // There is no warning to suppress: the sandbox's rules do not change.
                    "SUPPRESSFULLSYNCWARNING" => SandboxResultWords.Success,
                    _ => null,
                };
        }
    }

    private SandboxRunRecord? LastUnderGate(AgentState managementAgent)
    {
        lock (state.Gate)
            return Last(managementAgent);
    }

    private SandboxRunRecord? Last(AgentState managementAgent) => state.History.LastOf(managementAgent.Identity.Id);

    private static bool IsConnector(ConnectorSpaceObject o) => o.MetaverseId is not null;
}
