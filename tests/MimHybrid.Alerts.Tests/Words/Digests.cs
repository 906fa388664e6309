using MimHybrid.Alerts.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Words;

/// <summary>A week in which something happened.</summary>
internal static class Digests
{
    public static AlertNotice SomeWeek(IReadOnlyList<OpenMatter> open) => new Week(Troubles.Noon.AddDays(-7), Troubles.Noon)
    {
        Changes = new Dictionary<ChangeKind, long> { [ChangeKind.Added] = 12, [ChangeKind.Updated] = 4, [ChangeKind.Removed] = 3, [ChangeKind.Restored] = 1 },
        Guests = 214,
        Cycles = new Dictionary<CycleOutcome, int> { [CycleOutcome.Succeeded] = 190, [CycleOutcome.SucceededWithFindings] = 2, [CycleOutcome.Failed] = 2, [CycleOutcome.Stopped] = 1 },
        Waits = [.. Enumerable.Range(1, 13).Select(number => TimeSpan.FromSeconds(40 * number))],
    }.ToNotice(open);
}
