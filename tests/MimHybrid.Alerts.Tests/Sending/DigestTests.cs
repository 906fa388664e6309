using Microsoft.Extensions.Time.Testing;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Tests.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Sending;

/// <summary>The weekly digest: what it says, and that a week has one.</summary>
public sealed class DigestTests : StoreTest
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider time = new(Monday.AddHours(-1));
    private readonly AlertSettings settings = new() { Digest = true };

    [Fact]
    public void A_week_has_one_for_each_channel_whatever_happens_in_between()
    {
        Look();
        Assert.Null(Store.Alerts.NextDue());
        for (var minute = 0; minute < 200; minute += 20)
        {
            time.SetUtcNow(Monday.AddMinutes(minute));
            Look();
        }

        foreach (var channel in new[] { "Mail:Admins", "Webhook:Ops" })
        {
            var message = Assert.Single(Store.Alerts.ReadMessages(channel, Monday.AddDays(-30)));
            Assert.Equal(AlertNoticeKind.Digest, Assert.Single(message.Notices).Kind);
        }
    }

    /// <summary>The plug is pulled before the commit: the same message, with the same key, comes at the next look.</summary>
    [Fact]
    public void A_crash_writes_it_neither_twice_nor_never()
    {
        time.SetUtcNow(Monday);
        Store.Committing = () => throw new InvalidOperationException("the plug");
        Assert.Throws<InvalidOperationException>(Look);
        Store.Committing = null;
        Look();
        var first = Assert.Single(Store.Alerts.ReadMessages("Mail:Admins", Monday.AddDays(-1)));
        Store.Alerts.Record(first with { SentAt = Monday });
        Look();
        Assert.Single(Store.Alerts.ReadMessages("Mail:Admins", Monday.AddDays(-1)));
    }

    [Fact]
    public void One_that_is_a_day_late_or_not_asked_for_is_not_written()
    {
        time.SetUtcNow(Monday.AddDays(1));
        Look();
        settings.Digest = false;
        time.SetUtcNow(Monday.AddDays(7));
        Look();
        Assert.Null(Store.Alerts.NextDue());
    }

    [Fact]
    public void It_counts_the_guests_their_waits_and_the_cycles_of_the_week_and_names_what_is_open()
    {
        Cycle(Monday.AddDays(-9), CycleOutcome.Failed);
        Cycle(Monday.AddDays(-3), CycleOutcome.Succeeded);
        Cycle(Monday.AddDays(-2), CycleOutcome.Succeeded);
        Cycle(Monday.AddDays(-1), CycleOutcome.Failed);
        time.SetUtcNow(Monday);
        Look(Troubles.All["refused"]);

        var notice = Store.Alerts.ReadMessages("Mail:Admins", Monday.AddDays(-1))[0].Notices[0];
        Assert.Equal("The last week: 0 guests came, 0 went; 2 cycles ended well, 1 did not", notice.Title);
        Assert.Equal("1 matter is open: mimhybrid status says what to do.", notice.Do);
        Assert.Equal(
            ["Guests: 0 added, 0 updated, 0 removed, 0 restored; 0 are known", "Nobody who came got an account in it.",
                "Cycles: 2 ended well; failed or cut off: 1; stopped or held: 0", "Open: 1 guest has no account, or an old one: the directory of ADMA refused it"],
            notice.Lines);
    }

    [Theory]
    [InlineData("2026-11-30T07:00:00Z", "2026-11-30T07:00:00Z")] // 8 in the morning there
    [InlineData("2026-11-30T06:59:59Z", "2026-11-23T07:00:00Z")]
    [InlineData("2026-12-06T23:30:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-06-01T06:00:00Z", "2026-06-01T06:00:00Z")] // in summer
    public void Monday_at_8_is_that_of_the_server(string now, string due) => Assert.Equal(
        DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture),
        DigestWriter.LastMonday(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")));

    private void Look() => Look(Troubles.Well);

    /// <summary>Each time another process.</summary>
    private void Look(MatterFacts facts) => new DigestWriter(
        Store, new AlertSetup(settings, new MaintenanceCalendar([], TimeZoneInfo.Utc), new AlertRules(), "MIM01"), ["Mail:Admins", "Webhook:Ops"], time).WriteIfDue(() => facts);

    private void Cycle(DateTimeOffset at, CycleOutcome outcome)
    {
        var cycle = Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Fallback", "due", null), at);
        Store.Cycles.EndCycle(cycle, new CycleEnd(outcome), at.AddMinutes(1));
    }
}
