using System.CommandLine;
using System.Globalization;
using MimHybrid.Agent.Show;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>log</c>: which cycles ran, why, with which steps, and what came of it.</summary>
internal static class LogCommand
{
    private const int LastByDefault = 10;

    public static Command Build(CommonOptions common)
    {
        var last = new Option<int?>("--last")
        {
            HelpName = "N",
            Description = $"The newest N cycles. Default: {LastByDefault}; with --since, --guest or --json: all.",
        };
        var since = new Option<string?>("--since")
        {
            HelpName = "T",
            Description = "Cycles that started since then: a date or a time, e.g. "
                + "2026-11-20 or 2026-11-20T08:00; local unless it says otherwise.",
        };
        var guest = new Option<string?>("--guest")
        {
            HelpName = "TEXT",
            Description = "Cycles with a guest whose id, name or mail contains the text.",
        };
        var json = new Option<bool>("--json") { Description = "One cycle a line, newest last." };
        last.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number) && number > 0))
                result.AddError($"--last {token.Value}: allowed is a whole number from 1.");
        });
        since.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && ParseTime(token.Value) is null)
                result.AddError($"--since {token.Value}: allowed is a date or a time, e.g. 2026-11-20 or 2026-11-20T08:00Z.");
        });

        var command = new Command("log", "Shows the run log: each cycle with its causes, its steps and its outcome.")
        {
            last,
            since,
            guest,
            json,
        };
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () =>
        {
            var (asJson, sinceText, guestText) = (parsed.GetValue(json), parsed.GetValue(since), parsed.GetValue(guest));
            var query = new RunLogQuery
            {
                Last = parsed.GetValue(last) ?? (asJson || sinceText is not null || guestText is not null ? null : LastByDefault),
                Since = sinceText is null ? null : ParseTime(sinceText),
                Guest = guestText,
            };
            return Show(common.Read(parsed).Data, query, asJson, cancellationToken);
        },
            cancellationToken));
        return command;
    }

    private static int Show(string data, RunLogQuery query, bool json, CancellationToken cancellationToken)
    {
        if (AgentReader.TryOpen(data) is not { } store)
        {
            if (!json) Say.Line($"No agent has run on the data folder {data} yet.");
            return ExitCode.Done;
        }

        using var _ = store;
        var text = new RunLogText(TimeZoneInfo.Local);
        var any = false;
        foreach (var row in store.ReadLog(query))
        {
            cancellationToken.ThrowIfCancellationRequested();
            any = true;
            var cycle = LastSeen.Of(row, store, data);
            Say.Line(json ? RunLogJson.Line(cycle) : text.Of(cycle));
        }

        if (!any && !json) Say.Line("No cycle matches.");
        return ExitCode.Done;
    }

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? time.ToUniversalTime()
            : null;
}
