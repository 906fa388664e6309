using MimHybrid.Agent.Discovery;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether each management agent that the sequences name is there, and of the type that brings guests or makes accounts.</summary>
internal sealed class ManagementAgentsCheck() : Check(CheckName)
{
    public const string CheckName = "management-agents";

    public override IReadOnlyList<string> Needs => [SettingsCheck.CheckName, SyncServerCheck.CheckName];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var agents = await context.SyncServer!.ListManagementAgentsAsync(cancellationToken);
        return [.. UsedSteps.ByManagementAgent(context.Settings!.Agent).Select(steps => Look(steps, agents, context))];
    }

    private Finding Look(IGrouping<string, Step> steps, IReadOnlyList<ManagementAgent> agents, CheckContext context) =>
        agents.FirstOrDefault(each => each.Name.Equals(steps.Key, StringComparison.OrdinalIgnoreCase)) is { } managementAgent
            ? Judge(managementAgent, Expected(steps, context))
            : Failed(
                $"{steps.Key} is not there; "
                    + $"there are {string.Join(", ", agents.Select(one => one.Name).Order(StringComparer.OrdinalIgnoreCase))}",
                "if yours has another name: mimhybrid config discover finds it; "
                    + $"else create {steps.Key} in Synchronization Service Manager");

    private static string? Expected(IGrouping<string, Step> steps, CheckContext context) =>
        context.Settings!.Agent.IsGuestSource(steps.Key) ? FoundAgent.Graph
        : steps.Any(step => step.Kind == StepKind.Export) ? FoundAgent.ActiveDirectory : null;

    private Finding Judge(ManagementAgent managementAgent, string? expected) =>
        expected is null || managementAgent.Type.Equals(expected, StringComparison.OrdinalIgnoreCase)
        ? Ok($"{managementAgent.Name} is there ({managementAgent.Type})")
        : Warning(
            $"{managementAgent.Name} is of the type {managementAgent.Type}, expected is {expected}", "see that this is the "
                + "management agent that is meant");
}
