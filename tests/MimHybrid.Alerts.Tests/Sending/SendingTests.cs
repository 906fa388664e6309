using Microsoft.Extensions.Logging;
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

/// <summary>From what is open to what arrived, over a real store and a clock of the test's.</summary>
public sealed class SendingTests : IDisposable
{
    private static readonly string[] Guests = ["Mateo Hoffmann"];

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-alerts-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly AlertSettings settings = new();
    private readonly Ear ear = new("Mail:Admins");
    private readonly LogKeeper log = new();
    private readonly AgentStore store;
    private IReadOnlyList<Ear> ears;

    public SendingTests() => (store, ears) = (AgentStore.Open(folder), [ear]);

    [Fact]
    public async Task A_refused_guest_is_told_once_and_so_is_the_end()
    {
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromHours(1));
        Refuse([]);
        await LiveAsync(TimeSpan.FromHours(1));

        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.End], ear.Heard.Select(message => Assert.Single(message.Notices).Kind));
        Assert.Equal(2, ear.Heard.Select(message => message.Key).Distinct().Count());
        Assert.Equal([(6112, LogLevel.Error), (6113, LogLevel.Information)], log.Lines.Select(line => (line.Id, line.Level)));
    }

    [Fact]
    public async Task A_guest_who_is_refused_while_another_is_refused_already_is_told_too()
    {
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromHours(1));
        refused = [refused[0] with { Count = 2, Accounts = [.. refused[0].Accounts, new RefusedAccount("Max Vogel", "cd-error", "", time.GetUtcNow())] }];
        await LiveAsync(TimeSpan.FromHours(3));

        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.More], ear.Heard.Select(message => Assert.Single(message.Notices).Kind));
        Assert.Equal(["1 object: cd-error"], ear.Heard[1].Notices[0].Lines);
        Assert.StartsWith("2 guests have no account", ear.Heard[1].Notices[0].Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Names_are_told_only_where_the_settings_want_them(bool withPersons)
    {
        settings.IncludePersonalData = withPersons;
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromMinutes(10));

        var lines = Assert.Single(Assert.Single(ear.Heard).Notices).Lines;
        Assert.Equal(withPersons, string.Join('\n', lines).Contains("Mateo", StringComparison.Ordinal));
        if (!withPersons) Assert.Equal(["1 object: insufficient-access-rights"], lines);
    }

    [Fact]
    public async Task What_does_not_arrive_is_tried_again_as_the_receiver_asks_and_arrives_in_its_order()
    {
        ear.Answer = () => new Delivery("no", TimeSpan.FromHours(2));
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromMinutes(10));
        Refuse([]);
        await LiveAsync(TimeSpan.FromMinutes(30));
        Assert.Equal(1, ear.Asked);

        ear.Answer = () => Delivery.Done;
        await LiveAsync(TimeSpan.FromHours(2));
        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.End], ear.Heard.Select(message => message.Notices[0].Kind));
    }

    /// <summary>A dead mail server for a week: a bounded number of attempts and rows, and those who look are told.</summary>
    [Fact]
    public async Task After_two_days_a_message_is_given_up_and_that_is_seen()
    {
        ear.Answer = () => new Delivery("no");
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromDays(7), step: TimeSpan.FromMinutes(20));

        Assert.InRange(ear.Asked, 20, 200);
        Assert.Equal("no", store.Reader.ReadGivenUp(time.GetUtcNow().AddDays(-7))[0].Error);
    }

    /// <summary>Told over the channels that work, and not over the dead one, where it would only wait behind the others.</summary>
    [Fact]
    public async Task That_a_channel_is_dead_is_told_over_the_others_until_it_takes_a_message()
    {
        var other = new Ear("Webhook:Ops");
        ears = [ear, other];
        ear.Answer = () => new Delivery("no");
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromDays(3), step: TimeSpan.FromMinutes(20));
        Assert.Contains(other.Heard, message => message.Notices.Any(notice => notice.Matter == "messages/Mail:Admins"));

        ear.Answer = () => Delivery.Done;
        await LiveAsync(TimeSpan.FromHours(3), step: TimeSpan.FromMinutes(20));
        Assert.Equal(AlertNoticeKind.End, other.Heard[^1].Notices.Single(notice => notice.Matter == "messages/Mail:Admins").Kind);
        Assert.DoesNotContain(ear.Heard, message => message.Notices.Any(notice => notice.Matter == "messages/Mail:Admins"));
    }

    /// <summary>The agent ended within the calm: the rows remember since when it is gone, and another process tells of it.</summary>
    [Fact]
    public async Task An_end_is_told_after_a_restart_where_the_agent_ended_within_the_calm()
    {
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromMinutes(10));
        Refuse([]);
        await LiveAsync(TimeSpan.FromMinutes(3));
        Assert.Single(ear.Heard);

        time.Advance(TimeSpan.FromHours(2)); // nobody runs
        await LiveAsync(TimeSpan.FromMinutes(1));

        var end = Assert.Single(ear.Heard[1].Notices);
        Assert.Equal((AlertNoticeKind.End, TimeSpan.FromMinutes(10)), (end.Kind, end.EndedAt!.Value - end.FirstSeen));
    }

    /// <summary>The plug is pulled before one commit in three, of alerts as of messages that went out.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_crash_at_any_commit_loses_nothing_and_what_comes_twice_has_the_same_key(int seed)
    {
        var random = new Random(seed);
        store.Committing = () =>
        {
            if (random.Next(3) == 0) throw new InvalidOperationException("the plug");
        };
        Refuse(Guests);
        await LiveAsync(TimeSpan.FromHours(1));
        Refuse([]);
        await LiveAsync(TimeSpan.FromHours(1));

        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.End], ear.Heard.DistinctBy(message => message.Key).Select(message => message.Notices[0].Kind));
    }

    [Fact]
    public async Task More_messages_an_hour_than_allowed_become_one()
    {
        settings.MessagesPerHour = 2;
        for (var number = 0; number < 6; number++)
        {
            Refuse(Guests, agent: $"MA{number}");
            await LiveAsync(TimeSpan.FromMinutes(6));
        }

        await LiveAsync(TimeSpan.FromHours(1));
        Assert.Equal([1, 1, 4], ear.Heard.Select(message => message.Notices.Count));
    }

    [Fact]
    public async Task A_channel_that_is_gone_from_the_settings_does_not_hold_up_what_it_had()
    {
        store.Alerts.Commit([], _ => [new AlertMessage(0, "k", "Mail:Gone", time.GetUtcNow(), [], time.GetUtcNow())]);
        await Sender().SendDueAsync(TestContext.Current.CancellationToken);
        Assert.Null(store.Alerts.NextDue());
    }

    public void Dispose()
    {
        store.Committing = null;
        store.Dispose();
        log.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task LiveAsync(TimeSpan span, TimeSpan? step = null)
    {
        var (loop, sender) = (Loop(), Sender());
        for (var end = time.GetUtcNow() + span; time.GetUtcNow() < end; time.Advance(step ?? TimeSpan.FromMinutes(1)))
        {
            try
            {
                loop.Look();
                await sender.SendDueAsync(TestContext.Current.CancellationToken);
            }
            catch (InvalidOperationException)
            {
                (loop, sender) = (Loop(), Sender()); // a new process
            }
        }
    }

    private AlertLoop Loop() => new(
        store.Alerts, () => MatterFacts.Read(store.Reader, store.Reader.ReadSnapshot(time.GetUtcNow()), time.GetUtcNow()) with
        {
            Holder = new Holder(1, "ada", time.GetUtcNow()),
            Refused = refused,
        },
        new AlertSetup(settings, new MaintenanceCalendar([], TimeZoneInfo.Utc), new AlertRules(), "MIM01"), [.. ears.Select(each => each.Name)], time, log.For<AlertLoop>());

    private MessageSender Sender() => new(store.Alerts, [.. ears], 1, time, NullLogger.Instance);

    private List<RefusedExports> refused = [];

    private void Refuse(string[] names, string agent = "ADMA")
    {
        refused = [.. refused.Where(each => each.ManagementAgent != agent),
            .. names.Length == 0 ? [] : new[] { new RefusedExports(agent, names.Length, [.. names.Select(name => new RefusedAccount(name, "insufficient-access-rights", "", time.GetUtcNow()))]) }];
    }

    /// <summary>A channel that hears, or does not.</summary>
    private sealed class Ear(string name) : IAlertChannel
    {
        public string Name => name;

        public List<AlertMessage> Heard { get; } = [];

        public int Asked { get; private set; }

        public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Func<Delivery> Answer { get; set; } = () => Delivery.Done;

        public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            Asked++;
            var delivery = Answer();
            if (delivery.Error is null) Heard.Add(message);
            return Task.FromResult(delivery);
        }
    }
}
