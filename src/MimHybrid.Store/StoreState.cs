namespace MimHybrid.Store;

/// <summary>What a store is like, looked at without changing anything.</summary>
/// <param name="Version">The version of the file.</param>
/// <param name="KnownVersion">The version that this program brings a store to.</param>
/// <param name="Damage">What SQLite finds wrong with the file; null when nothing.</param>
public sealed record StoreState(long Version, long KnownVersion, string? Damage)
{
    /// <summary>
    /// Why this account cannot write there, with the next step; null where it can, and where a store of another version was left alone.
    /// </summary>
    public string? NotWritable { get; init; }

    /// <summary>This program can read it.</summary>
    public bool IsCurrent => Version == KnownVersion && Damage is null;
}
