using System.Globalization;

namespace MimHybrid.Store.Rows;

/// <summary>Guests by what happened to them.</summary>
/// <param name="Added">Added or restored; in MIM projected or joined.</param>
/// <param name="Updated">Changed; in MIM connectors that were worked on. Null: cannot be told.</param>
/// <param name="Removed">Removed; in MIM disconnected.</param>
public sealed record GuestCounts(long Added, long? Updated, long Removed)
{
    /// <summary>For people: "1 added, 2 updated".</summary>
    public override string ToString()
    {
        string[] kinds = [.. Of(Added, "added"), .. Of(Updated ?? 0, "updated"), .. Of(Removed, "removed")];
        return kinds.Length == 0 ? "none" : string.Join(", ", kinds);
    }

    private static string[] Of(long count, string kind) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {kind}")];
}

/// <summary>What Graph said and what MIM's synchronization of the guests' management agent showed, side by side.</summary>
public sealed record ArrivalRecord
{
    /// <summary>What Graph said, each guest once, whatever happened to it in between.</summary>
    public required GuestCounts Expected { get; init; }

    /// <summary>What MIM did; null where its counters are not known.</summary>
    public GuestCounts? Seen { get; init; }

    /// <summary>Guests that MIM should have shown and did not.</summary>
    public long Missing { get; init; }

    /// <summary>Why fewer seen than expected is no proof that any is missing; null where there is nothing to explain.</summary>
    public string? Explanation { get; init; }

    /// <summary>
    /// Accounts that the directory refused in the same cycle: whoever MIM showed has arrived in MIM, and these got no further.
    /// </summary>
    public long Refused { get; init; }

    /// <summary>For people: "Graph said 3 added, 1 updated; MIM showed 2 added, 1 updated; 1 missing".</summary>
    public override string ToString()
    {
        var missing = Missing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {Missing} missing");
        var why = Explanation is null ? "" : $" ({Explanation})";
        var refused = Refused == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; the directory refused {Refused} {(Refused == 1 ? "account" : "accounts")}");
        return $"Graph said {Expected}; MIM showed {Seen?.ToString() ?? "nothing that can be counted"}{missing}{why}{refused}";
    }
}
