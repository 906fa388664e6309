namespace MimHybrid.Store.Rows;

/// <summary>A cycle that says that it runs, and that nobody runs any more.</summary>
/// <param name="Id">Its number.</param>
/// <param name="HasPending">Guest changes that it would have carried are pending still. A timer's cycle has none as a rule.</param>
public sealed record CutOffCycle(long Id, bool HasPending)
{
    /// <summary>For people, after what cut it off; empty where nothing is pending.</summary>
    public string Pending => HasPending ? "; its changes stay pending" : "";
}
