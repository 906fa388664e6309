using Microsoft.Extensions.Logging;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Sending;

/// <summary>
/// Looks at what is open, now and then, and writes down what is to be told: alerts and messages, in one transaction. It sends nothing
/// itself, so that no mail server can hold it up.
/// </summary>
public sealed class AlertLoop
{
    /// <summary>How long what is over is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    private readonly AlertStore store;
    private readonly Func<MatterFacts> look;
    private readonly AlertSettings settings;
    private readonly IReadOnlyList<string> channels;
    private readonly MaintenanceCalendar maintenance;
    private readonly AlertRules rules;
    private readonly AlertPlanner planner;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private DateTimeOffset? trimmed;

    internal AlertLoop(
        AlertStore store, Func<MatterFacts> look, AlertSetup setup, IReadOnlyList<string> channels, TimeProvider time, ILogger logger)
    {
        (this.store, this.look, this.channels, this.time, this.logger) = (store, look, channels, time, logger);
        (settings, maintenance, rules) = (setup.Settings, setup.Maintenance, setup.Rules);
        planner = new AlertPlanner(rules);
    }

    /// <summary>How long to wait between two looks.</summary>
    public TimeSpan Pause => TimeSpan.FromSeconds(30) * Math.Max(rules.Scale, 1.0 / 30);

    /// <summary>One look. What is told is in the store and in the event log when it returns.</summary>
    public void Look()
    {
        var facts = look();
        var now = facts.Now;
        var alerts = store.Read(now - rules.Relapse);
        var plan = planner.Decide(
            OpenMatters.Of(facts, time.LocalTimeZone), alerts, maintenance.EndOfOpenWindow(now) is not null, now);
        if (plan.Changed.Count > 0)
        {
            IReadOnlyList<AlertNotice> notices = [];
            store.Commit(plan.Changed, written =>
            {
                notices = [.. plan.Told.Select(told => Notice(written[told.Index], told.Kind))];
                return [.. channels.SelectMany(channel => Messages(channel, notices, now))];
            });
            foreach (var notice in notices) AlertEvents.Tell(logger, notice);
        }

        if (trimmed is { } before && now - before < TimeSpan.FromDays(1) && before <= now) return;
        store.Trim(now - Kept);
        trimmed = now;
    }

    /// <summary>As it goes out: without names, unless the settings want them, and with no letter that nobody sees.</summary>
    private AlertNotice Notice(AlertRecord alert, AlertNoticeKind kind) => new()
    {
        Kind = kind,
        Alert = alert.Id,
        Matter = alert.Matter,
        IsError = alert.IsError,
        Title = Printable.Of(alert.Title),
        Do = Printable.Of(alert.Do),
        Lines = kind == AlertNoticeKind.End ? [] : [.. (settings.IncludePersonalData ? alert.Details : alert.Unnamed).Select(Printable.Of)],
        FirstSeen = alert.FirstSeen,
        EndedAt = kind == AlertNoticeKind.End ? alert.GoneAt : null,
    };

    /// <summary>
    /// What is told at one look is one message. Beyond so many an hour the rest becomes one, which goes out when the hour is over. That
    /// nothing arrives over a channel is not told over it.
    /// </summary>
    private IEnumerable<AlertMessage> Messages(string channel, IReadOnlyList<AlertNotice> all, DateTimeOffset now)
    {
        var notices = all.Where(notice => notice.Matter != OpenMatters.OfDeadChannel(channel)).ToList();
        if (notices.Count == 0) yield break;
        var hour = store.ReadMessages(channel, now - TimeSpan.FromHours(1));
        if (hour.Count < settings.MessagesPerHour)
        {
            yield return AlertMessage.New(channel, notices, now);
            yield break;
        }

        if (hour[^1] is { SentAt: null, GivenUpAt: null, Attempts: 0 } waiting && waiting.NextAt > now)
            yield return waiting with { Notices = [.. waiting.Notices, .. notices] };
        else
            yield return AlertMessage.New(channel, notices, now) with { NextAt = hour[0].CreatedAt + TimeSpan.FromHours(1) };
    }
}
