using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Channels;

/// <summary>A message as the loop writes it.</summary>
internal static class SomeMessage
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    public static AlertWords Words { get; } = new("MIM01", TimeZoneInfo.Utc);

    public static AlertNotice Refused(AlertNoticeKind kind = AlertNoticeKind.Begin, params string[] lines) => new()
    {
        Kind = kind,
        Alert = 7,
        Matter = "refused/ADMA",
        IsError = true,
        Title = "1 guest has no account, or an old one: the directory of ADMA refused it",
        Do = "Give the account of ADMA the right on OU=Guests. The next cycle tries again.",
        Lines = lines,
        FirstSeen = Noon.AddMinutes(-65),
        EndedAt = kind == AlertNoticeKind.End ? Noon : null,
    };

    public static AlertNotice Unread() => new()
    {
        Kind = AlertNoticeKind.Begin,
        Alert = 8,
        Matter = "tenant/unread",
        IsError = false,
        Title = "No guest change has been seen since 11:30: reading Graph failed 3 times in a row",
        Do = "Graph did not answer. The agent tries again by itself.",
        Lines = ["Graph did not answer."],
        FirstSeen = Noon.AddMinutes(-30),
    };

    public static AlertMessage Of(params AlertNotice[] notices) => new(1, "0123456789abcdef", "Mail:Admins", Noon, notices, Noon);
}
