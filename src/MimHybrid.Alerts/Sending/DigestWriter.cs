using System.Security.Cryptography;
using System.Text;
using MimHybrid.Alerts.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Sending;

/// <summary>
/// Each Monday at 8 the week that ended then, as a message like any other. Its key is made of the day, so that neither a crash nor a second
/// look writes it twice. One that could not be written on that day, because nobody ran, is not written later.
/// </summary>
public sealed class DigestWriter
{
    private const int Hour = 8;

    private static readonly TimeSpan Late = TimeSpan.FromDays(1);

    private readonly AgentStore store;
    private readonly AlertSetup setup;
    private readonly IReadOnlyList<string> channels;
    private readonly TimeProvider time;

    internal DigestWriter(AgentStore store, AlertSetup setup, IReadOnlyList<string> channels, TimeProvider time) =>
        (this.store, this.setup, this.channels, this.time) = (store, setup, channels, time);

    public void WriteIfDue(Func<MatterFacts> look)
    {
        var now = time.GetUtcNow();
        if (!setup.Settings.Digest || LastMonday(now, time.LocalTimeZone) is var due && now - due >= Late) return;
        var missing = channels.Where(channel => !IsWritten(channel, due)).ToList();
        if (missing.Count == 0) return;
        var open = OpenMatters.Of(look(), time.LocalTimeZone);
        var notice = new Week(LastMonday(due - TimeSpan.FromTicks(1), time.LocalTimeZone), due).Read(store.Reader).ToNotice(open);
        notice = notice with { Lines = [.. notice.Lines.Select(Printable.Of)] };
        store.Alerts.Commit(
            [], _ => [.. missing.Select(channel => AlertMessage.New(channel, [notice], now) with { Key = Key(channel, due) })]);
    }

    private bool IsWritten(string channel, DateTimeOffset due) =>
        store.Alerts.ReadMessages(channel, due - TimeSpan.FromTicks(1)).Any(message => message.Key == Key(channel, due));

    /// <summary>The newest Monday at 8 that has come, in the server's time zone.</summary>
    internal static DateTimeOffset LastMonday(DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var monday = there.Date.AddDays(-(((int)there.DayOfWeek + 6) % 7)).AddHours(Hour);
        if (monday > there) monday = monday.AddDays(-7);
        return new DateTimeOffset(monday, zone.GetUtcOffset(monday)).ToUniversalTime();
    }

    private string Key(string channel, DateTimeOffset due) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"digest {setup.Server} {channel} {due:O}")))[..32];
}
