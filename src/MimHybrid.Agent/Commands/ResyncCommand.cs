using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Store;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// <c>resync</c>: asks for a new reading of the whole tenant. By a row alone, whether an agent runs or not: one that is in the middle of a
/// poll would write its cursor over whatever is done to the store beside it, and the row waits for the next one.
/// </summary>
internal static class ResyncCommand
{
    public static Command Build(CommonOptions common)
    {
        var command = new Command("resync", "Lets the agent read the whole tenant again. "
            + "Guests known, pending changes and the run log stay; the differences become changes.");
        common.AddTo(command);
        command.SetAction(parsed => Ask(common.Read(parsed).Data, TimeProvider.System));
        return command;
    }

    private static int Ask(string data, TimeProvider time)
    {
        if (!AgentReader.Exists(data))
        {
            Screen.Tell($"No agent has run on the data folder {data} yet: the first one reads the whole tenant anyway.");
            return ExitCode.Done;
        }

        using var requests = RequestStore.Open(data);
        requests.RequestResync(CurrentAccount.Name, time.GetUtcNow());
        Screen.Tell(DataFolder.IsLocked(data)
            ? "The agent is asked to read the whole tenant again; it begins with its next poll. How far it is: mimhybrid status"
            : "No agent runs at the moment. The next one, or mimhybrid run --once, begins with a new reading of the whole tenant.");
        return ExitCode.Done;
    }
}
