using System.Globalization;

namespace MimHybrid.Store.Rows;

/// <summary>A store that could not be used was put aside when the agent opened it, and this was saved.</summary>
/// <param name="Why">What was wrong with it, for people.</param>
/// <param name="Aside">Where the file lies now; null where there was none any more.</param>
/// <param name="Saved">What was taken over from it.</param>
public sealed record StoreLoss(string Why, string? Aside, IReadOnlyList<SavedRows> Saved)
{
    /// <summary>For people: what happened, what was saved, and what the agent does about the rest.</summary>
    public override string ToString()
    {
        var rest = "The tenant is read again, and a full cycle compares every guest with MIM; what was approved has to be approved again.";
        if (Aside is null) return $"{Why}. Nothing could be saved: the run log and what was pending are lost. {rest}";

        var aside = $"{Why.TrimEnd('.')}. It lies now at {Aside}, and nothing in it was changed.";
        var saved = Saved.Where(rows => rows.Count > 0).ToArray();
        if (saved.Length == 0)
            return $"{aside} Nothing could be saved from it: the run log and what was pending, if it held any, are lost. {rest}";

        var lost = Saved.Where(rows => !rows.IsComplete).Select(rows => rows.What).ToArray();
        return $"{aside} Saved from it: {string.Join(", ", saved.AsEnumerable())}. "
            + (lost.Length == 0 ? "" : $"Not all could be read of: {string.Join(", ", lost)}. ") + rest;
    }
}

/// <summary>Rows of one kind that were taken over.</summary>
/// <param name="What">Which, for people.</param>
/// <param name="Count">How many.</param>
/// <param name="IsComplete">Whether all could be read.</param>
public sealed record SavedRows(string What, long Count, bool IsComplete)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {What}");
}
