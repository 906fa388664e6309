using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Planning;

/// <summary>What becomes of the alerts now.</summary>
/// <param name="Changed">The alerts that are to be written, as they are now.</param>
/// <param name="Told">Which of those are told, by their place, the probable cause first.</param>
internal sealed record AlertPlan(IReadOnlyList<AlertRecord> Changed, IReadOnlyList<(int Index, AlertNoticeKind Kind)> Told)
{
    public static AlertPlan None { get; } = new([], []);
}
