using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Planning;

/// <summary>
/// What is told of what is open. A pure function of the open matters, the alerts so far and the clock, as the planner of cycles is one of
/// the rows: a beginning once, after a wait in which a passing trouble passes; each further object once; a reminder after a day, then each
/// week; an end once. What comes back within the hour is the same alert.
/// </summary>
internal sealed class AlertPlanner(AlertRules rules)
{
    /// <param name="open">What is open now, the worst and the probable cause first.</param>
    /// <param name="alerts">Those that are open, and those that ended within <see cref="AlertRules.Relapse"/>.</param>
    /// <param name="inMaintenance">Whether a maintenance window is open.</param>
    /// <param name="now">UTC.</param>
    public AlertPlan Decide(
        IReadOnlyList<OpenMatter> open, IReadOnlyList<AlertRecord> alerts, bool inMaintenance, DateTimeOffset now)
    {
        var changed = new List<AlertRecord>();
        var told = new List<(int, AlertNoticeKind)>();
        void Note(AlertRecord? before, (AlertRecord After, AlertNoticeKind? Notice) what)
        {
            if (what.After == before) return;
            if (what.Notice is { } kind) told.Add((changed.Count, kind));
            changed.Add(what.After);
        }

        foreach (var matter in open)
        {
            var before = Find(alerts, matter.Id, now);
            Note(before, Seen(matter, before, inMaintenance && !AlertRules.IsToldInMaintenance(matter.Id), now));
        }

        foreach (var alert in alerts.Where(alert => alert.EndedAt is null && open.All(matter => matter.Id != alert.Matter)))
            Note(alert, Missing(alert, inMaintenance && !AlertRules.IsToldInMaintenance(alert.Matter), now));
        return changed.Count == 0 ? AlertPlan.None : new AlertPlan(changed, told);
    }

    private AlertRecord? Find(IReadOnlyList<AlertRecord> alerts, string matter, DateTimeOffset now) =>
        alerts.FirstOrDefault(alert => alert.Matter == matter && alert.EndedAt is null)
        ?? alerts.LastOrDefault(alert => alert.Matter == matter && alert.ToldAt is not null && now - alert.EndedAt < rules.Relapse);

    private (AlertRecord After, AlertNoticeKind? Notice) Seen(OpenMatter matter, AlertRecord? before, bool isQuiet, DateTimeOffset now)
    {
        var alert = before ?? Begin(matter, now);
        if (alert.EndedAt is not null)
            alert = alert with { EndedAt = null, GoneAt = null, BackAt = now, Relapses = alert.Relapses + 1, Reminders = 0 };
        else if (alert.GoneAt is not null) alert = alert with { GoneAt = null };

        if (isQuiet || alert.IsSnoozed(now) || Due(matter, alert, now) is not { } kind) return (alert, null);
        var words = kind == AlertNoticeKind.More ? matter.Of([.. NewObjects(matter, alert)]) : matter;
        return (InWordsOf(words, alert) with
        {
            ToldAt = alert.ToldAt ?? now,
            LastToldAt = now,
            BackAt = null,
            Reminders = kind == AlertNoticeKind.Reminder ? alert.Reminders + 1 : alert.Reminders,
        }, kind);
    }

    private AlertNoticeKind? Due(OpenMatter matter, AlertRecord alert, DateTimeOffset now)
    {
        if (alert.LastToldAt is not { } last)
            return now - alert.FirstSeen >= rules.Wait(matter) ? AlertNoticeKind.Begin : null;
        if (alert.BackAt is { } back)
            return now - back >= rules.Wait(matter) ? AlertNoticeKind.Back : null;
        if (NewObjects(matter, alert).Any(one => now - one.Since >= rules.Wait(matter))) return AlertNoticeKind.More;
        if (matter.Deadline is { } deadline)
            return rules.BeforeDeadline.Any(before => last < deadline - before && deadline - before <= now)
                ? AlertNoticeKind.Reminder
                : null;
        return now - last >= (alert.Reminders == 0 ? rules.FirstReminder : rules.NextReminder) ? AlertNoticeKind.Reminder : null;
    }

    /// <summary>Each object is told once, as long as the matter lasts.</summary>
    private static IEnumerable<MatterObject> NewObjects(OpenMatter matter, AlertRecord alert) =>
        matter.Objects.ExceptBy(alert.Objects, one => one.Key, StringComparer.Ordinal);

    /// <summary>Gone, but not for long enough to be over; or over. Of what was never told, the end is not told either.</summary>
    private (AlertRecord After, AlertNoticeKind? Notice) Missing(AlertRecord alert, bool isQuiet, DateTimeOffset now)
    {
        if (alert.ToldAt is null || alert.BackAt is not null) return (Ended(alert, now), null);
        if (alert.GoneAt is not { } gone) return (alert with { GoneAt = now }, null);
        if (now - gone < (alert.Relapses > 0 ? rules.Relapse : rules.Calm) || isQuiet) return (alert, null);
        return (Ended(alert, now), alert.IsSnoozed(now) ? null : AlertNoticeKind.End);
    }

    private static AlertRecord Ended(AlertRecord alert, DateTimeOffset now) =>
        alert with { GoneAt = alert.GoneAt ?? now, EndedAt = now, BackAt = null };

    /// <summary>What was so before anybody looked does not begin with the look: an agent that starts again waits no second time.</summary>
    private static AlertRecord Begin(OpenMatter matter, DateTimeOffset now) => InWordsOf(matter, new AlertRecord
    {
        Matter = matter.Id,
        IsError = false,
        Title = "",
        Do = "",
        FirstSeen = matter.Since is { } since && since < now ? since : now,
    });

    private static AlertRecord InWordsOf(OpenMatter matter, AlertRecord alert) => alert with
    {
        IsError = matter.Severity == Severity.Error,
        Title = matter.Title,
        Do = matter.Do,
        Details = matter.Details,
        Unnamed = matter.Unnamed ?? matter.Details,
        Objects = [.. alert.Objects.Union(matter.Objects.Select(one => one.Key), StringComparer.Ordinal)],
    };
}
