namespace MimHybrid.Cycles.Settings;

/// <summary>
/// The comparison of what Graph said of guests with what MIM's synchronization then did. Graph can show a change to one reader before it
/// shows it to another (MimHybrid.Graph/README.md#replicas-lag), so MIM may see less at first.
/// </summary>
public sealed class ArrivalSettings
{
    /// <summary>Whether it is compared at all.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How many times to wait and import again where MIM saw less.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>The wait before the first of these; the second waits twice as long, the third three times.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether then a full import and a full synchronization follow, once, before it becomes a finding.</summary>
    public bool FullPair { get; set; } = true;
}
