using CsCheck;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>
/// A timer with times of its own: each comes once, none is lost, in the server's time zone and over both changes of the clocks.
/// </summary>
public sealed class CronTimerTests
{
    private static readonly (string Zone, DateTime Change)[] Changes =
    [
        ("Europe/Berlin", new DateTime(2026, 3, 29)), ("Europe/Berlin", new DateTime(2026, 10, 25)),
        ("America/New_York", new DateTime(2026, 3, 8)), ("America/New_York", new DateTime(2026, 11, 1)),
        ("Australia/Lord_Howe", new DateTime(2026, 4, 5)), ("Australia/Lord_Howe", new DateTime(2026, 10, 4)), // half an hour
        ("Asia/Kolkata", new DateTime(2026, 5, 1)), ("Etc/UTC", new DateTime(2026, 5, 1)),
    ];

    private static readonly Gen<(string Zone, DateTime Change)> ClockChanges =
        Gen.Int[0, Changes.Length - 1].Select(index => Changes[index]);

    [Fact]
    public void It_waits_for_its_time_in_the_servers_zone()
    {
        var wait = Assert.IsType<Decision.Wait>(Ask(Noon, LastFull(Noon.AddHours(-8)), Nightly("30 4 * * *"), "Europe/Berlin"));
        Assert.Equal(Noon.Date.AddDays(1).AddHours(3.5), wait.Until.UtcDateTime);
        Assert.Equal("no guest changes pending; Night is due at 2026-11-23 04:30:00", wait.Reason);
    }

    [Fact]
    public void However_many_nights_were_missed_it_runs_once_and_says_since_when()
    {
        var run = Assert.IsType<Decision.Run>(Ask(Noon, LastFull(Noon.AddDays(-3)), Nightly("30 4 * * *")));
        Assert.Equal(("Night", "Full"), (run.Function, run.Sequence));
        Assert.Equal(
            "the last Full cycle ended well at 2026-11-19 12:00:00; one is due since 2026-11-20 04:30:00 (Cron 30 4 * * *)", run.Reason);
        Assert.IsType<Decision.Wait>(Ask(Noon, LastFull(Noon), Nightly("30 4 * * *")));
    }

    [Fact]
    public void Who_forced_its_sequence_since_has_settled_the_night() => Assert.IsType<Decision.Wait>(Ask(
        Noon, LastFull(Noon.Date.AddHours(5)), Nightly("30 4 * * *")));

    [Fact]
    public void A_night_in_a_maintenance_window_is_made_up_for_after_it()
    {
        var settings = Nightly("30 4 * * *");
        settings.WindowFrom("0 4 * * SUN", hours: 3);
        var yesterday = LastFull(Noon.AddDays(-1));
        var half = new DateTimeOffset(Noon.Date, TimeSpan.Zero).AddHours(4.5);
        Assert.Equal(WaitCause.MaintenanceWindow, Assert.IsType<Decision.Wait>(Ask(half, yesterday, settings)).Cause);
        Assert.IsType<Decision.Run>(Ask(half.AddHours(2.5), yesterday, settings));
    }

    [Fact]
    public void After_the_clock_was_set_back_it_does_not_wait_for_a_time_that_has_been() =>
        Assert.IsType<Decision.Run>(Ask(Noon, LastFull(Noon.AddDays(400)), Nightly("30 4 * * *")));

    [Theory]
    [InlineData("30 4 * *", "a cron expression of five fields, e.g. 30 4 * * *")]
    [InlineData("0 0 31 2 *", "a time that comes: this one never does")]
    public void A_time_that_never_comes_is_refused(string cron, string allowed) => Assert.Equal(
        [$"Functions:Night:Cron is '{cron}'; allowed is {allowed}."], AgentSettingsValidator.Validate(Nightly(cron)));

    /// <summary>
    /// Lives through a week around a change of the clocks. Cycles take up to three hours, and the agent is off now and then, up to two
    /// days.
    /// </summary>
    [Fact]
    public void Each_night_runs_once_and_none_is_lost_whatever_the_clocks_do() => Gen.Select(
        ClockChanges, Gen.Int[0, 240], Gen.Int[1, 180].Array[40], Gen.Int[0, 2 * 24 * 60].Array[40]).Sample((change, minute, lasts, off) =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(change.Zone);
        var settings = Nightly(FormattableString.Invariant($"{minute % 60} {minute / 60} * * *"));
        var nights = Enumerable.Range(-10, 30).Select(day => Instant(change.Change.AddDays(day).AddMinutes(minute), zone)).ToList();
        var now = nights[4].AddMinutes(1);
        var good = now;
        for (var turn = 0; turn < 40 && now < nights[^8]; turn++)
        {
            var owed = nights.Exists(night => night > good && night <= now);
            switch (Ask(now, LastFull(good), settings, change.Zone))
            {
                case Decision.Run when owed:
                    now = good = now.AddMinutes(lasts[turn]);
                    if (off[turn] % 3 == 0) now = now.AddMinutes(off[turn]);
                    break;
                case Decision.Wait wait when !owed && wait.Until == nights.Find(night => night > good):
                    now = wait.Until;
                    break;
                default:
                    return false;
            }
        }

        return true;
    });

    /// <summary>Of two moments with that local time the first; of none the one at which it has passed.</summary>
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        return new DateTimeOffset(
            local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    private static AgentSettings Nightly(string cron) => SettingsWith(s =>
    {
        foreach (var timer in new[] { "FallbackCycle", "NightlyCycle", "WeeklyFull" }) s.Functions[timer].Enabled = false;
        s.Functions["Night"] = new FunctionSettings { Trigger = TriggerKind.Timer, Cron = cron, Sequence = "Full" };
    });

    private static AgentSnapshot LastFull(DateTimeOffset at) =>
        Quiet with { BootedAt = DateTimeOffset.UnixEpoch, LastSuccess = new Dictionary<string, DateTimeOffset> { ["Full"] = at } };

    private static Decision Ask(DateTimeOffset now, AgentSnapshot snapshot, AgentSettings settings, string zone = "Etc/UTC") =>
        new CyclePlanner(settings, TimeZoneInfo.FindSystemTimeZoneById(zone)).Decide(snapshot, now);
}
