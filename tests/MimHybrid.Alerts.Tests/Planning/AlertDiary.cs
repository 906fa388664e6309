using MimHybrid.Alerts.Planning;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Planning;

/// <summary>The planner asked each minute, and its alerts kept as the store keeps them.</summary>
internal sealed class AlertDiary(AlertRules rules)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AlertPlanner planner = new(rules);
    private int minute;

    public List<AlertRecord> Alerts { get; } = [];

    public List<(AlertNoticeKind Kind, string Matter, int Minute, int Place)> Told { get; } = [];

    public DateTimeOffset? Deadline { get; set; }

    public DateTimeOffset? Since { get; set; }

    public List<MatterObject> Objects { get; } = [];

    public void Live(string? matter, int minutes) => Live(matter is null ? [] : [matter], minutes);

    public void Live(string[] matters, int minutes, bool inMaintenance = false)
    {
        for (var end = minute + minutes; minute < end; minute++)
        {
            var now = Start.AddMinutes(minute);
            var open = matters.Select(matter => new OpenMatter(matter, Severity.Error, matter, "Do it.") { Deadline = Deadline, Since = Since, Objects = [.. Objects] }).ToList();
            var plan = planner.Decide(open, [.. Alerts.Where(alert => alert.EndedAt is null || now - alert.EndedAt < rules.Relapse)], inMaintenance, now);
            Told.AddRange(plan.Told.Select((told, place) => (told.Kind, plan.Changed[told.Index].Matter, minute, place)));
            foreach (var changed in plan.Changed)
            {
                if (changed.Id == 0) Alerts.Add(changed with { Id = Alerts.Count + 1 });
                else Alerts[(int)changed.Id - 1] = changed;
            }
        }
    }

    public void Snooze(int minutes) => Alerts[^1] = Alerts[^1] with { SnoozedUntil = Start.AddMinutes(minute + minutes), SnoozedBy = "ada" };
}
