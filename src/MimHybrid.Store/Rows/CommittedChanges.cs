namespace MimHybrid.Store.Rows;

/// <summary>What became of changes that were found: some start a cycle, others do not, as the settings have it.</summary>
/// <param name="Pending">How many start a cycle, by kind; kinds without any are left out.</param>
/// <param name="Ignored">How many start nothing, by reason; reasons without any are left out.</param>
public sealed record CommittedChanges(IReadOnlyDictionary<ChangeKind, int> Pending, IReadOnlyDictionary<IgnoredBecause, int> Ignored)
{
    public static readonly CommittedChanges None = new(new Dictionary<ChangeKind, int>(), new Dictionary<IgnoredBecause, int>());

    /// <summary>All that start a cycle.</summary>
    public int Count => Pending.Values.Sum();

    /// <summary>Those of that kind that start a cycle.</summary>
    public int Of(ChangeKind kind) => Pending.GetValueOrDefault(kind);
}
