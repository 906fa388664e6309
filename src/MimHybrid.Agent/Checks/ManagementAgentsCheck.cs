using MimHybrid.Cycles.Settings;
using MimHybrid.Mim;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether each management agent that the sequences name is there, and of the type that brings guests or makes accounts.</summary>
internal sealed class ManagementAgentsCheck() : Check(CheckName)
{
    public const string CheckName = "management-agents";

    private const string Source = "Graph (Microsoft)";
    private const string Target = "Active Directory";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SyncServerCheck.CheckName];

    public override async IAsyncEnumerable<Finding> LookAsync(Examined examined, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var agents = await examined.SyncServer!.ListManagementAgentsAsync(cancellationToken);
        foreach (var steps in UsedSteps.ByManagementAgent(examined.Settings!.Agent))
        {
            var agent = agents.FirstOrDefault(agent => agent.Name.Equals(steps.Key, StringComparison.OrdinalIgnoreCase));
            yield return agent is null
                ? Failed($"{steps.Key} is not there; there are {string.Join(", ", agents.Select(one => one.Name).Order(StringComparer.OrdinalIgnoreCase))}", $"create {steps.Key} in Synchronization Service Manager, or name yours in the settings under Sequences")
                : Judge(agent, Expected(steps, examined));
        }
    }

    private static string? Expected(IGrouping<string, Step> steps, Examined examined) =>
        examined.Settings!.Agent.IsGuestSource(steps.Key) ? Source : steps.Any(step => step.Kind == StepKind.Export) ? Target : null;

    private Finding Judge(ManagementAgent agent, string? expected) => expected is null || agent.Type.Equals(expected, StringComparison.OrdinalIgnoreCase)
        ? Ok($"{agent.Name} is there ({agent.Type})")
        : Warning($"{agent.Name} is of the type {agent.Type}, expected is {expected}", "see that this is the management agent that is meant");
}
