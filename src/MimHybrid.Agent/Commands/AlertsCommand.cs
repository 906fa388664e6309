using System.CommandLine;
using System.Globalization;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Json;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Alerts.Sending;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Commands;

/// <summary><c>alerts</c>: what was told to people, what is kept quiet, and whether messages arrive.</summary>
internal static class AlertsCommand
{
    private static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(60);

    public static Command Build(CommonOptions common)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are over, of the last 90 days." };
        var json = new Option<bool>("--json") { Description = "One alert a line." };
        var command = new Command("alerts", "Lists what people are told of: what is open, since when, and what is kept quiet.")
        {
            all,
            json,
        };
        common.AddTo(command);
        command.SetAction(parsed => Show(common.Read(parsed).Data, parsed.GetValue(all), parsed.GetValue(json), TimeProvider.System));
        command.Subcommands.Add(BuildSnooze(common));
        command.Subcommands.Add(BuildTest(common));
        return command;
    }

    private static Command BuildSnooze(CommonOptions common)
    {
        var id = new Argument<long>("ID") { Description = "The alert's number, as mimhybrid alerts shows it." };
        var until = new Option<string>("--until")
        {
            HelpName = "TIME",
            Required = true,
            Description = "Until when nothing is told of it: a span like 90m, 12h or 2d, or a date or a time; 60 days at most.",
        };
        until.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Until(token.Value, TimeProvider.System.GetUtcNow()) is null)
                result.AddError($"--until {SettingRule.Cut(token.Value)}: allowed is a span like 90m, 12h or 2d, or a time to come, "
                    + "e.g. 2026-12-01 or \"2026-12-01 08:00\", within 60 days.");
        });
        var command = new Command("snooze", "Keeps an alert quiet until a time; your name is noted.") { id, until };
        common.AddTo(command);
        command.SetAction(parsed => Snooze(common.Read(parsed).Data, parsed.GetValue(id), parsed.GetValue(until)!, TimeProvider.System));
        return command;
    }

    private static Command BuildTest(CommonOptions common)
    {
        var command = new Command("test", "Sends a marked test over each channel of the settings, and says what each answered.");
        common.AddTo(command);
        command.SetAction((parsed, cancellationToken) => TestAsync(common.Read(parsed), TimeProvider.System, cancellationToken));
        return command;
    }

    private static int Show(string data, bool all, bool json, TimeProvider time)
    {
        if (AgentReader.TryOpen(data) is not { } store)
        {
            if (!json) Screen.Tell($"No agent has run on the data folder {data} yet.");
            return ExitCode.Done;
        }

        using var _ = store;
        var now = time.GetUtcNow();
        var alerts = store.ReadAlerts(all ? now - AlertLoop.Kept : DateTimeOffset.MaxValue);
        if (json) foreach (var alert in alerts) Say.Line(JsonLine.Of(ToLine(alert), AgentJson.Lines.AlertLine));
        else Screen.Show(ToSheet(alerts, store.ReadGivenUp(now - AlertLoop.Kept), now));
        return ExitCode.Done;
    }

    private static Sheet ToSheet(IReadOnlyList<AlertRecord> alerts, IReadOnlyList<AlertMessage> givenUp, DateTimeOffset now)
    {
        var sheet = new Sheet();
        if (alerts.Count == 0) sheet.Row("", "No alert is open. Those that are over: mimhybrid alerts --all", Tone.Good);
        foreach (var alert in alerts)
        {
            var label = string.Create(CultureInfo.InvariantCulture, $"{alert.Id,4}  ");
            var tone = alert.EndedAt is not null ? Tone.Faint : alert.IsError ? Tone.Bad : Tone.Warning;
            sheet.Row(label, alert.Title, tone, tone).Row("      ", $"{State(alert, now)}");
        }

        foreach (var message in givenUp)
            sheet.Blank().Row(
                "!     ", $"A message over {message.Channel} of {Clock(message.CreatedAt)} never arrived: {message.Error}", Tone.Bad);
        return sheet;
    }

    private static string State(AlertRecord alert, DateTimeOffset now)
    {
        var since = $"since {Clock(alert.FirstSeen)}";
        if (alert.EndedAt is not null) return $"{since}, over at {Clock(alert.GoneAt ?? alert.EndedAt.Value)}";
        if (alert.IsSnoozed(now)) return $"{since}; kept quiet until {Clock(alert.SnoozedUntil!.Value)} by {alert.SnoozedBy}";
        if (alert.ToldAt is not { } told) return $"{since}; not told yet, since it may pass by itself";
        return alert.GoneAt is { } gone
            ? $"{since}; gone at {Clock(gone)}, and over if it stays away"
            : $"{since}; told at {Clock(told)}{(alert.Reminders > 0 ? $", and again at {Clock(alert.LastToldAt!.Value)}" : "")}";
    }

    private static string Clock(DateTimeOffset time) => WallClock.WithDate(time, TimeZoneInfo.Local, WallClock.ToTheMinute);

    private static AlertLine ToLine(AlertRecord alert) => new()
    {
        Id = alert.Id,
        Matter = alert.Matter,
        Severity = alert.IsError ? "error" : "warning",
        Title = alert.Title,
        Details = alert.Details,
        Do = alert.Do,
        Since = alert.FirstSeen,
        ToldAt = alert.ToldAt,
        EndedAt = alert.EndedAt,
        SnoozedUntil = alert.SnoozedUntil,
        SnoozedBy = alert.SnoozedBy,
    };

    private static int Snooze(string data, long id, string until, TimeProvider time)
    {
        var end = Until(until, time.GetUtcNow())!.Value;
        using var requests = RequestStore.Open(data);
        if (!requests.SnoozeAlert(id, end, CurrentAccount.Name))
        {
            Say.Error(string.Create(CultureInfo.InvariantCulture, $"There is no open alert {id}. The open ones: mimhybrid alerts"));
            return ExitCode.Usage;
        }

        Screen.Tell(string.Create(CultureInfo.InvariantCulture, $"Nothing is told of alert {id} until {Clock(end)}."));
        return ExitCode.Done;
    }

    private static DateTimeOffset? Until(string text, DateTimeOffset now) =>
        LogOptions.ParseTime(text, now, direction: 1) is { } time && time > now && time <= now + LongestSnooze ? time : null;

    private static async Task<int> TestAsync(CommonValues options, TimeProvider time, CancellationToken cancellationToken)
    {
        var settings = SettingsLoader.Load(options with { Sandbox = options.Sandbox || DataFolder.IsSandbox(options.Data) });
        using var mail = GraphMail.Of(settings, time);
        var answers = await AlertCentre.TestAsync(AlertService.Setup(settings, time, mail), time, cancellationToken);
        if (answers.Count == 0)
            Screen.Tell("No channel is set: people are told by the event log alone. To add one: README.md, Who is told.");
        var sheet = new Sheet();
        foreach (var (channel, error) in answers)
            sheet.Row(error is null ? "ok      " : "failed  ", error is null ? $"{channel} took the message" : $"{channel}: {error}",
                error is null ? Tone.Plain : Tone.Bad, error is null ? Tone.Good : Tone.Bad);
        if (answers.Count > 0) Screen.Show(sheet);
        return answers.Any(answer => answer.Error is not null) ? ExitCode.CheckFailed : ExitCode.Done;
    }
}
