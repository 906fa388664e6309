namespace MimHybrid.Sandbox.SyncServer.Spaces;

/// <summary>A guest in the middle: projected from the source, provisioned to the target.</summary>
internal sealed class MetaverseObject
{
    public required Guid Id { get; init; }

    public required PersonAttributes Attributes { get; set; }

    /// <summary>The connector in the target's space; null until provisioned, and again when the account was deleted by hand.</summary>
    public Guid? TargetId { get; set; }
}

internal sealed class Metaverse(IEnumerable<MetaverseObject> saved)
{
    private readonly Dictionary<Guid, MetaverseObject> objects = saved.ToDictionary(o => o.Id);

    public IReadOnlyCollection<MetaverseObject> Objects => objects.Values;

    public MetaverseObject this[Guid id] => objects[id];

    public void Add(MetaverseObject added) => objects.Add(added.Id, added);

    public void Remove(MetaverseObject removed) => objects.Remove(removed.Id);
}
