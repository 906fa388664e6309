using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Sending;

/// <summary>
/// A month of random troubles, some shorter than their wait, beside crashes at any commit, channels that are deaf for hours, and people who
/// keep an alert quiet. What each channel heard is held against what happened.
/// </summary>
public sealed class RandomMonthTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);
    private static readonly string[] Agents = ["MA0", "MA1", "MA2"];

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-month-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, List<(int From, int To)>> troubles = [];
    private readonly List<(long Alert, DateTimeOffset From, DateTimeOffset To)> snoozes = [];
    private readonly List<RandomEar> ears = [new("Mail:Admins"), new("Webhook:Ops")];
    private readonly AgentStore store;
    private int crashes;

    public RandomMonthTests() => store = AgentStore.Open(folder);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_trouble_longer_than_its_wait_is_told_once_on_each_channel_and_none_shorter(int seed)
    {
        var random = new Random(seed);
        var looks = (int)(TimeSpan.FromDays(30) / Look);
        foreach (var agent in Agents) troubles[agent] = [.. Spells(random, looks - 300)];
        store.Committing = () =>
        {
            if (random.Next(20) != 0) return;
            crashes++;
            throw new InvalidOperationException("the plug");
        };
        for (var look = 0; look < looks; look++, time.Advance(Look)) await LiveAsync(look, random);

        Assert.True(crashes > 20, "Too few crashes to speak of.");
        Assert.NotEmpty(snoozes);
        var all = store.Alerts.Read(DateTimeOffset.MinValue).Where(alert => alert.ToldAt is not null).ToList();
        foreach (var agent in Agents)
            Assert.Equal(troubles[agent].Count(spell => spell.To - spell.From > 12), all.Count(alert => alert.Matter == $"refused/{agent}"));
        foreach (var ear in ears)
        {
            var heard = ear.Heard.DistinctBy(message => message.Key).ToList();
            Assert.Equal(heard.Select(message => message.Id).Order(), heard.Select(message => message.Id)); // in their order
            Assert.All(all, alert => CheckAlert(alert, [.. heard.SelectMany(message => message.Notices, (message, notice) => (message.CreatedAt, notice)).Where(told => told.notice.Alert == alert.Id)]));
            Assert.All(heard.SelectMany(message => message.Notices), notice => Assert.Contains(all, alert => alert.Id == notice.Alert));
        }
    }

    public void Dispose()
    {
        store.Committing = null;
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Begun once, ended once unless that was to be quiet, reminded of a day later, and nothing while it was kept quiet.</summary>
    private void CheckAlert(AlertRecord alert, IReadOnlyList<(DateTimeOffset At, AlertNotice Notice)> told)
    {
        var quiet = snoozes.Where(snooze => snooze.Alert == alert.Id).ToList();
        Assert.Equal(AlertNoticeKind.Begin, told[0].Notice.Kind);
        Assert.Single(told, each => each.Notice.Kind == AlertNoticeKind.Begin);
        Assert.DoesNotContain(told, each => quiet.Any(snooze => each.At >= snooze.From && each.At < snooze.To));
        Assert.NotNull(alert.EndedAt);
        var endIsQuiet = quiet.Any(snooze => alert.EndedAt >= snooze.From && alert.EndedAt < snooze.To);
        Assert.Equal(endIsQuiet ? 0 : 1, told.Count(each => each.Notice.Kind == AlertNoticeKind.End));
        if (quiet.Count == 0)
            Assert.Equal(alert.GoneAt - alert.FirstSeen > TimeSpan.FromDays(1.1) ? 1 : 0, told.Count(each => each.Notice.Kind == AlertNoticeKind.Reminder));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.True(pair.First.At < pair.Second.At));
    }

    /// <summary>One look long, or longer than an hour, up to three days; apart by more than what would join them.</summary>
    private static IEnumerable<(int From, int To)> Spells(Random random, int until)
    {
        for (var at = random.Next(200); at < until;)
        {
            var length = random.Next(3) switch { 0 => 1, 1 => random.Next(20, 200), _ => random.Next(330, 860) };
            if (at + length < until) yield return (at, at + length);
            at += length + random.Next(40, 400);
        }
    }

    private async Task LiveAsync(int look, Random random)
    {
        foreach (var ear in ears)
            if (ear.DeafUntil < time.GetUtcNow().AddDays(-2) && random.Next(200) == 0) ear.DeafUntil = time.GetUtcNow().AddHours(random.Next(1, 30));
        try
        {
            Loop(look).Look();
            await new MessageSender(store.Alerts, [.. ears.Select(ear => ear.At(time))], 1, time, NullLogger.Instance).SendDueAsync(TestContext.Current.CancellationToken);
            if (random.Next(150) == 0) Snooze(random);
        }
        catch (InvalidOperationException)
        {
            // the next look is another process
        }
    }

    private void Snooze(Random random)
    {
        var open = store.Alerts.Read(DateTimeOffset.MaxValue).Where(alert => alert.ToldAt is not null && !alert.IsSnoozed(time.GetUtcNow())).ToList();
        if (open.Count == 0) return;
        var alert = open[random.Next(open.Count)];
        var until = time.GetUtcNow().AddHours(random.Next(1, 60));
        if (store.Requests.SnoozeAlert(alert.Id, until, "ada")) snoozes.Add((alert.Id, time.GetUtcNow() + Look, until));
    }

    private AlertLoop Loop(int look)
    {
        var now = time.GetUtcNow();
        var refused = troubles.Where(trouble => trouble.Value.Any(spell => look >= spell.From && look < spell.To))
            .Select(trouble => new RefusedExports(trouble.Key, 1, [])).ToList();
        return new AlertLoop(
            store.Alerts, () => new MatterFacts { Now = now, Snapshot = new AgentSnapshot { BootedAt = now.AddDays(-1) }, Holder = new Holder(1, "svc", now), Refused = refused },
            new AlertSetup(new AlertSettings { MessagesPerHour = 1000 }, new MaintenanceCalendar([], TimeZoneInfo.Utc), new AlertRules(), "MIM01"),
            [.. ears.Select(ear => ear.Name)], time, NullLogger.Instance);
    }

    /// <summary>A channel that hears nothing for hours.</summary>
    private sealed class RandomEar(string name) : IAlertChannel
    {
        private TimeProvider clock = TimeProvider.System;

        public string Name => name;

        public List<AlertMessage> Heard { get; } = [];

        public DateTimeOffset DeafUntil { get; set; }

        public RandomEar At(TimeProvider time)
        {
            clock = time;
            return this;
        }

        public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            if (clock.GetUtcNow() < DeafUntil) return Task.FromResult(new Delivery("deaf"));
            Heard.Add(message);
            return Task.FromResult(Delivery.Done);
        }

        public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
