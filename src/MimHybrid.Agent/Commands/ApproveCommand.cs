using System.CommandLine;
using MimHybrid.Agent.Show;
using MimHybrid.Store;
using Spectre.Console;

namespace MimHybrid.Agent.Commands;

/// <summary><c>approve removals</c>: shows what the removal guard holds, asks, and lets exactly that pass, once.</summary>
internal static class ApproveCommand
{
    /// <summary>A person reads these many names; more are told by their number.</summary>
    private const int GuestsShown = 50;

    public static Command Build(CommonOptions common)
    {
        var yes = new Option<bool>("--yes")
        {
            Description = "Approves what is shown without asking. Needed where nobody can answer, as in a script.",
        };
        var removals = new Command(
            "removals", "Shows the removals that wait for approval and, once confirmed, lets exactly those pass the removal guard, once.")
        {
            yes,
        };
        common.AddTo(removals);
        removals.SetAction(parsed => Approve(common.Read(parsed).Data, parsed.GetValue(yes), TimeProvider.System));
        return new Command("approve", "Approves what the agent holds until a person has looked at it.") { removals };
    }

    private static int Approve(string data, bool confirmed, TimeProvider time)
    {
        if (AgentReader.TryOpen(data) is not { } reader)
        {
            Screen.Tell($"No agent has run on the data folder {data} yet: there is nothing to approve.");
            return ExitCode.Done;
        }

        using var _ = reader;
        if (reader.ReadHeldRemovals(GuestsShown) is not { } held)
        {
            Screen.Tell("No removal is pending: there is nothing to approve.");
            return ExitCode.Done;
        }

        Screen.Show(new HeldRemovalsText(time.LocalTimeZone).Of(held, reader.CountLiveGuests()));
        if (!confirmed && !Confirms())
        {
            Screen.Tell("Nothing was approved.");
            return ExitCode.CycleFailed;
        }

        using var requests = RequestStore.Open(data);
        Screen.Tell(requests.ApproveRemovals(held, CurrentAccount.Name, time.GetUtcNow()) is { } approved
            ? $"Approved by {approved.By}: {approved.Amounts}. The next cycle "
                + "carries them; what came after this list still has to be approved."
            : "Somebody else has approved them meanwhile, or they were taken back: there is nothing left to approve.");
        return ExitCode.Done;
    }

    /// <summary>Nobody can answer where input or output goes to a file: then silence is no consent.</summary>
    private static bool Confirms()
    {
        if (!Console.IsInputRedirected && Screen.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive)
            return AnsiConsole.Confirm("Let exactly these pass, once?", defaultValue: false);

        Say.Error("Nobody can be asked here. To approve what is shown above: mimhybrid approve removals --yes");
        return false;
    }
}
