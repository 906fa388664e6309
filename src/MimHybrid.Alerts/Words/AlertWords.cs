using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Words;

/// <summary>What a message says, whatever it goes over.</summary>
/// <param name="Server">The server that the agent runs on.</param>
/// <param name="Zone">Its time zone.</param>
internal sealed record AlertWords(string Server, TimeZoneInfo Zone)
{
    /// <summary>The worst of what begins first: what is over is of less interest.</summary>
    public string Subject(AlertMessage message)
    {
        var first = message.Notices[0];
        var more = message.Notices.Count - 1;
        var others = more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" (and {more} more)");
        return $"{Prefix(first)}{first.Title}{others} [MimHybrid on {Server}]";
    }

    public static string Heading(AlertNotice notice) => $"{Prefix(notice)}{notice.Title}";

    /// <summary>What to do; of what is over, how long it lasted.</summary>
    public string Second(AlertNotice notice) => notice switch
    {
        { Kind: AlertNoticeKind.End, EndedAt: { } end } =>
            $"It lasted {Ago.Span(end - notice.FirstSeen)}, from {Time(notice.FirstSeen)} to {Time(end)}.",
        { Kind: AlertNoticeKind.Test or AlertNoticeKind.Digest } => notice.Do,
        _ => $"Do: {notice.Do}",
    };

    /// <summary>Since when; nothing of what is over, which says it already, and of what is yet to come.</summary>
    public string? Since(AlertNotice notice) =>
        notice.Kind is AlertNoticeKind.End or AlertNoticeKind.Test or AlertNoticeKind.Digest
            || notice is { Matter: "tenant/credential", IsError: false }
            ? null
            : $"Since {Time(notice.FirstSeen)}.";

    /// <summary>How a person goes on from here.</summary>
    public string Footer(AlertMessage message) => message.Notices.All(notice => notice.Alert == 0)
        ? $"MimHybrid on {Server}."
        : $"MimHybrid on {Server}. How it is now: mimhybrid status. "
            + (message.Notices.FirstOrDefault(notice => notice.Kind != AlertNoticeKind.End) is { } open
                ? $"To keep this quiet: mimhybrid alerts snooze {open.Alert.ToString(CultureInfo.InvariantCulture)} --until 2h"
                : "Nothing of this is open any more.");

    public string Time(DateTimeOffset time)
    {
        var there = TimeZoneInfo.ConvertTime(time, Zone);
        return $"{WallClock.WithDate(time, Zone, WallClock.ToTheMinute)} (UTC{there.ToString("zzz", CultureInfo.InvariantCulture)})";
    }

    private static string Prefix(AlertNotice notice) => notice.Kind switch
    {
        AlertNoticeKind.Reminder => "Still: ",
        AlertNoticeKind.More => "More: ",
        AlertNoticeKind.Back => "Again: ",
        AlertNoticeKind.End => "Over: ",
        AlertNoticeKind.Test => "Test: ",
        _ => "",
    };
}
