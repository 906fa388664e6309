using System.CommandLine;
using System.Globalization;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Page.Serving;
using MimHybrid.Store;

namespace MimHybrid.Agent.Commands;

/// <summary><c>page</c>: the run log in a browser, for whoever types it and as long as they read.</summary>
internal static class PageCommand
{
    public static Command Build(CommonOptions common)
    {
        var port = new Option<int?>("--port") { HelpName = "N", Description = "Where to listen. Default: a port that is free." };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number is > 0 and <= ushort.MaxValue))
                result.AddError($"--port {token.Value}: allowed is a number from 1 to {ushort.MaxValue}.");
        });
        var noBrowser = new Option<bool>("--no-browser") { Description = "Prints the address, and opens no browser." };
        var command = new Command("page",
            "Shows status, run log and guests in a browser on this machine, for you alone; until Ctrl+C. Changes nothing.")
        {
            port,
            noBrowser,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            ShowAsync(common.Read(parsed), parsed.GetValue(port) ?? 0, !parsed.GetValue(noBrowser), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(CommonValues options, int port, bool opens, CancellationToken cancellationToken)
    {
        // Whoever may not read the data folder is told so here, and not by a browser.
        AgentReader.TryOpen(options.Data)?.Dispose();
        PageServer page;
        try
        {
            page = await PageServer.StartAsync(PageSources.Of(options, TimeProvider.System), port, cancellationToken);
        }
        catch (IOException e)
        {
            Say.Error($"The page cannot be shown: {e.Message}.");
            return ExitCode.CheckFailed;
        }

        await using var _ = page;
        Say.Line(page.Address);
        if (opens && !Browser.TryOpen(page.AddressForBrowser())) Say.Note("There is no browser here that could be opened.");
        Say.Note("Until Ctrl+C; it ends by itself after eight hours without a request.");
        if (await page.WaitAsync(cancellationToken)) Say.Note("Nobody has asked for the page for eight hours: it ends.");
        return ExitCode.Done;
    }
}
