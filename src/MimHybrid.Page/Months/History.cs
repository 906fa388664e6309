using MimHybrid.Store;

namespace MimHybrid.Page.Months;

/// <summary>A guest who came, and how long it took until the account was read back from the directory.</summary>
public readonly record struct Confirmation(DateTimeOffset DetectedAt, TimeSpan Took);

/// <summary>What the pictures are drawn from.</summary>
/// <param name="Cycles">Oldest first.</param>
/// <param name="Confirmations">In no order.</param>
/// <param name="Edition">A number that stays as long as all of it does; null while a cycle runs, which changes as time goes on.</param>
public sealed record Past(IReadOnlyList<CycleFact> Cycles, IReadOnlyList<Confirmation> Confirmations, long? Edition);

/// <summary>
/// The cycles of the last days. What has ended stays as it is, so that only what is new is read again: a page that renews itself every few
/// seconds would else read a month each time.
/// </summary>
public sealed class History(int days)
{
    private readonly Lock gate = new();
    private readonly List<CycleFact> ended = [];
    private readonly List<(long Cycle, Confirmation Told)> confirmations = [];
    private DateTimeOffset? rescuedAt;
    private long edition;

    public Past Read(AgentReader store, DateTimeOffset now)
    {
        lock (gate)
        {
            var since = now - TimeSpan.FromDays(days);
            ForgetIfAnother(store);
            edition += ended.RemoveAll(cycle => cycle.StartedAt < since);
            edition += confirmations.RemoveAll(each => each.Told.DetectedAt < since);

            var last = ended.Count > 0 ? ended[^1].Id : 0;
            var read = store.ReadHeads(last, since).Select(CycleFact.Of).ToList();
            var isOver = read.TakeWhile(cycle => cycle.Kind != MarkKind.Running).ToList();
            Note(store, isOver, since);
            ended.AddRange(isOver);
            edition += isOver.Count;
            return new Past(
                [.. ended, .. read.Skip(isOver.Count)], [.. confirmations.Select(each => each.Told)],
                read.Count == isOver.Count ? edition : null);
        }
    }

    private void Note(AgentReader store, List<CycleFact> isOver, DateTimeOffset since)
    {
        if (isOver.Count == 0) return;
        var confirmed = isOver.Where(cycle => cycle.ConfirmedAt is not null)
            .ToDictionary(cycle => cycle.Id, cycle => cycle.ConfirmedAt!.Value);
        foreach (var (cycle, detectedAt) in store.ReadCarriedArrivals(isOver[0].Id - 1))
            if (detectedAt >= since && confirmed.TryGetValue(cycle, out var at) && at >= detectedAt)
                confirmations.Add((cycle, new Confirmation(detectedAt, at - detectedAt)));
    }

    /// <summary>A store that was put aside begins its numbers anew; so does one that was restored.</summary>
    private void ForgetIfAnother(AgentReader store)
    {
        var (rescued, newest) = (store.ReadRescue()?.At, store.ReadProgress()?.Id ?? 0);
        if (rescued == rescuedAt && (ended.Count == 0 || newest >= ended[^1].Id)) return;
        (rescuedAt, edition) = (rescued, edition + 1);
        ended.Clear();
        confirmations.Clear();
    }
}
