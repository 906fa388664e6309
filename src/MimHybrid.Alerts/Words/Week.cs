using System.Globalization;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Words;

/// <summary>What a week was like, in a message of its own.</summary>
/// <param name="From">Its beginning, UTC.</param>
/// <param name="Until">Its end, UTC.</param>
internal sealed record Week(DateTimeOffset From, DateTimeOffset Until)
{
    internal IReadOnlyDictionary<ChangeKind, long> Changes { get; init; } = new Dictionary<ChangeKind, long>();

    internal long Guests { get; init; }

    internal IReadOnlyDictionary<CycleOutcome, int> Cycles { get; init; } = new Dictionary<CycleOutcome, int>();

    /// <summary>The shortest first.</summary>
    internal IReadOnlyList<TimeSpan> Waits { get; init; } = [];

    private int Good => Count(CycleOutcome.Succeeded) + Count(CycleOutcome.SucceededWithFindings);

    private int Bad => Count(CycleOutcome.Failed) + Count(CycleOutcome.Abandoned);

    public Week Read(AgentReader store)
    {
        var heads = store.ReadHeads(0, From).Where(head => head.Cycle.StartedAt < Until).Select(head => head.Cycle).ToList();
        var confirmed = heads.Where(cycle => cycle.EndedWell && TimeToAccount.ConfirmedAt(cycle.Steps) is not null)
            .ToDictionary(cycle => cycle.Id, cycle => TimeToAccount.ConfirmedAt(cycle.Steps)!.Value);
        var arrivals = heads.Count == 0 ? [] : store.ReadCarriedArrivals(heads[0].Id - 1);
        return this with
        {
            Changes = store.CountChanges(From, Until),
            Guests = store.CountLiveGuests(),
            Cycles = heads.CountBy(cycle => cycle.Outcome).ToDictionary(),
            Waits =
            [
                .. arrivals.Where(came => confirmed.TryGetValue(came.Cycle, out var at) && at >= came.DetectedAt)
                    .Select(came => confirmed[came.Cycle] - came.DetectedAt).Order(),
            ],
        };
    }

    public AlertNotice ToNotice(IReadOnlyList<OpenMatter> open) => new()
    {
        Kind = AlertNoticeKind.Digest,
        Alert = 0,
        Matter = "digest",
        IsError = false,
        Title = $"The last week: {MatterWords.Count(Came, "guest")} came, {Number(Changes.GetValueOrDefault(ChangeKind.Removed))} went; "
            + $"{MatterWords.Count(Good, "cycle")} ended well, {Number(Bad)} did not",
        Do = open.Count == 0
            ? "Nothing is open, and nothing is to do."
            : $"{MatterWords.Count(open.Count, "matter is", "matters are")} open: mimhybrid status says what to do.",
        Lines = [.. Lines(open)],
        FirstSeen = From,
    };

    private long Came => Changes.GetValueOrDefault(ChangeKind.Added) + Changes.GetValueOrDefault(ChangeKind.Restored);

    private IEnumerable<string> Lines(IReadOnlyList<OpenMatter> open)
    {
        yield return $"Guests: {string.Join(", ", Enum.GetValues<ChangeKind>().Select(kind =>
            $"{Number(Changes.GetValueOrDefault(kind))} {kind.ToString().ToLowerInvariant()}"))}; {Number(Guests)} are known";
        yield return Waits.Count == 0
            ? "Nobody who came got an account in it."
            : $"From being seen to the confirmed account: half of {Number(Waits.Count)} within "
                + $"{Ago.Span(TimeToAccount.Percentile(Waits, 50))}, 95 of 100 within {Ago.Span(TimeToAccount.Percentile(Waits, 95))}";
        yield return $"Cycles: {Number(Good)} ended well; failed or cut off: {Number(Bad)}; "
            + $"stopped or held: {Number(Count(CycleOutcome.Stopped))}";
        foreach (var matter in open) yield return $"Open: {matter.Title}";
    }

    private int Count(CycleOutcome outcome) => Cycles.GetValueOrDefault(outcome);

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
