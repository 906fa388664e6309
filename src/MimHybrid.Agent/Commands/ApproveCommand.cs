using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Commands;

/// <summary><c>approve removals</c>: a person lets pass, once, what the removal guard holds.</summary>
internal static class ApproveCommand
{
    public static Command Build(CommonOptions common)
    {
        var removals = new Command("removals", "Lets the removals that are pending now pass the removal guard, once.");
        common.AddTo(removals);
        removals.SetAction(parsed => Approve(common.Read(parsed).Data));
        return new Command("approve", "Approves what the agent holds until a person has looked at it.") { removals };
    }

    private static int Approve(string data)
    {
        if (!AgentStore.Exists(data))
        {
            Say.Line($"No agent has run on the data folder {data} yet: there is nothing to approve.");
            return ExitCode.Done;
        }

        using var store = AgentStore.Open(data);
        Say.Line(store.ApproveRemovals(Caller.Name, TimeProvider.System.GetUtcNow()) is { } approved
            ? $"Approved by {approved.By}: {approved.Amounts}. The next cycle carries them."
            : "No removal is pending: there is nothing to approve.");
        return ExitCode.Done;
    }
}
