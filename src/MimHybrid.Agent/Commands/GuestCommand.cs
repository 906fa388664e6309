using System.CommandLine;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;

namespace MimHybrid.Agent.Commands;

/// <summary><c>guest</c>: the story of a guest, from the tenant to the directory, or to where it hangs.</summary>
internal static class GuestCommand
{
    /// <summary>Whoever types "a" finds fifty thousand.</summary>
    private const int GuestsShown = 10;

    public static Command Build(CommonOptions common)
    {
        var text = new Argument<string>("TEXT")
        {
            Description = "What the guest's name or mail contains, whatever the case and the accents; or of the id eight letters or more.",
        };
        var json = new Option<bool>("--json") { Description = "One guest a line." };
        var command = new Command("guest", "Tells what became of a guest: from the tenant to the directory, or to where it hangs.")
        {
            text,
            json,
        };
        text.Validators.Add(result =>
        {
            if (CommonOptions.RefuseSwitch(result)) return;
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
                result.AddError("TEXT is empty; allowed is a part of the guest's id, name or mail.");
        });
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () => Show(common.Read(parsed).Data, parsed.GetValue(text)!, parsed.GetValue(json), cancellationToken), cancellationToken));
        return command;
    }

    private static int Show(string data, string text, bool json, CancellationToken cancellationToken)
    {
        if (AgentReader.TryOpen(data) is not { } store)
        {
            if (!json) Screen.Tell($"No agent has run on the data folder {data} yet.");
            return ExitCode.Done;
        }

        using var _ = store;
        var found = store.FindGuests(text, GuestsShown + 1);
        var (teller, words) = (new GuestTeller(store, DataFolder.IsLocked(data)), new GuestStoryText(TimeZoneInfo.Local));
        foreach (var id in found.Take(GuestsShown))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var tale = teller.Tell(store.ReadGuestStory(id));
            if (json) Say.Line(GuestStoryText.ToJson(tale));
            else Screen.Show(words.ToSheet(tale));
        }

        if (json) return ExitCode.Done;
        if (found.Count == 0) Screen.Tell($"No guest matches '{text}'. The agent knows the guests that it has read from the tenant.");
        if (found.Count > GuestsShown) Screen.Tell($"More than {GuestsShown} guests match: type more of the name.");
        return ExitCode.Done;
    }
}
