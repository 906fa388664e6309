namespace MimHybrid.Sandbox.SyncServer.Spaces;

/// <summary>What one management agent knows of its connected system.</summary>
internal sealed class ConnectorSpace
{
    private readonly Dictionary<Guid, ConnectorSpaceObject> objects = [];
    private readonly Dictionary<string, ConnectorSpaceObject> byAnchor = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ConnectorSpaceObject> byDn = new(StringComparer.OrdinalIgnoreCase);

    public ConnectorSpace(IEnumerable<ConnectorSpaceObject> saved)
    {
        foreach (var found in saved)
            Add(found);
    }

    public IReadOnlyCollection<ConnectorSpaceObject> Objects => objects.Values;

    public ConnectorSpaceObject this[Guid id] => objects[id];

    public ConnectorSpaceObject? FindByAnchor(string anchor) => byAnchor.GetValueOrDefault(anchor);

    /// <summary>The object of this name that has no anchor yet, because no export has created it in the connected system.</summary>
    public ConnectorSpaceObject? FindUnborn(string dn) => byDn.GetValueOrDefault(dn) is { Anchor: null } unborn ? unborn : null;

    public bool IsDnTaken(string dn) => byDn.ContainsKey(dn);

    public void Add(ConnectorSpaceObject added)
    {
        objects.Add(added.Id, added);
        byDn[added.Dn] = added;
        if (added.Anchor is { } anchor)
            byAnchor[anchor] = added;
    }

    public void SetAnchor(ConnectorSpaceObject target, string anchor)
    {
        target.Anchor = anchor;
        byAnchor[anchor] = target;
    }

    public void Remove(ConnectorSpaceObject removed)
    {
        objects.Remove(removed.Id);
        if (ReferenceEquals(byDn.GetValueOrDefault(removed.Dn), removed))
            byDn.Remove(removed.Dn);
        if (removed.Anchor is { } anchor && ReferenceEquals(byAnchor.GetValueOrDefault(anchor), removed))
            byAnchor.Remove(anchor);
    }

    public int CountPendingImports(Modification kind) => Count(o => o.PendingImport?.Kind == kind);

    public int CountPendingExports(Modification kind) => Count(o => o.PendingExport?.Kind == kind);

    public int Count(Func<ConnectorSpaceObject, bool> predicate) => objects.Values.Count(predicate);
}
