using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>The same month with alerts whose mail server is dead from the first day to the last.</summary>
public sealed class MonthWithDeadMail : Month
{
    private const string Dead = "Mail:Admins";

    private readonly DeadChannel channel = new();
    private AlertLoop? loop;
    private MessageSender? sender;

    internal int Attempts => channel.Asked;

    /// <summary>The most messages that ever waited at once.</summary>
    internal int MostWaiting { get; private set; }

    internal IReadOnlyList<AlertMessage> Outbox => World.Store.Alerts.ReadMessages(Dead, DateTimeOffset.MinValue);

    protected override async Task LiveBesideAsync()
    {
        var (clock, zone) = (World.Clock, World.Clock.LocalTimeZone);
        loop ??= new AlertLoop(
            World.Store.Alerts, Look, new AlertSetup(new AlertSettings(), new MaintenanceCalendar(World.Settings.MaintenanceWindows, zone), new AlertRules(), "MIM01"),
            [Dead], clock, NullLogger.Instance);
        sender ??= new MessageSender(World.Store.Alerts, [channel], 1, clock, NullLogger.Instance);
        loop.Look();
        await sender.SendDueAsync(TestContext.Current.CancellationToken);
        MostWaiting = Math.Max(MostWaiting, Outbox.Count(message => message is { SentAt: null, GivenUpAt: null }));
    }

    private MatterFacts Look()
    {
        var (reader, now) = (World.Store.Reader, World.Clock.GetUtcNow());
        return MatterFacts.Read(reader, reader.ReadSnapshot(now.AddDays(-1)), now) with { Holder = new Holder(1, "svc", now), Next = reader.ReadDecision() };
    }

    private sealed class DeadChannel : IAlertChannel
    {
        public string Name => Dead;

        public int Asked { get; private set; }

        public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new Delivery("The mail server does not answer."));
        }

        public Task<string?> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult<string?>("dead");
    }
}

/// <summary>A mail server that is dead for a month costs the cycles nothing, and leaves little behind.</summary>
[Collection(nameof(Month))]
public sealed class DeadMailTests(Month month, MonthWithDeadMail deadMail) : IClassFixture<MonthWithDeadMail>
{
    [Fact]
    public void The_cycles_are_the_same_to_the_tick()
    {
        Assert.NotEmpty(month.Log);
        Assert.Equal(Times(month.Log), Times(deadMail.Log));
    }

    [Fact]
    public void The_outbox_is_bounded_and_every_message_was_given_up_or_still_waits()
    {
        Assert.NotEmpty(deadMail.Outbox);
        Assert.All(deadMail.Outbox, message => Assert.Null(message.SentAt));
        Assert.InRange(deadMail.MostWaiting, 1, 20);
        // An hour apart at the most, for two days.
        Assert.InRange(deadMail.Attempts, deadMail.Outbox.Count, deadMail.Outbox.Count * 60);
    }

    private static IEnumerable<string> Times(IReadOnlyList<CycleRecord> log) => log.Select(cycle =>
        $"{cycle.Id} {cycle.Sequence} {cycle.Outcome} {cycle.StartedAt:O} {cycle.EndedAt:O}: "
            + string.Join(", ", cycle.Steps.Select(step => $"{step.RunProfile} {step.Result} {step.StartedAt:O} {step.EndedAt:O}")));
}
