namespace MimHybrid.Store.Rows;

/// <summary>How many guests there were at the good end of a cycle, with no change pending.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Connected">That MIM had connected; more than the guests where its management agent brings members too.</param>
/// <param name="Known">That Graph had told of.</param>
public sealed record GuestTotals(DateTimeOffset At, long Connected, long Known)
{
    public bool Agree => Connected == Known;
}
