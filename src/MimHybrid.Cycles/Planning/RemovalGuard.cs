using System.Globalization;
using MimHybrid.Cycles.Settings;

namespace MimHybrid.Cycles.Planning;

/// <summary>Whether so many removals may pass without a person's approval (src/README.md#statement-6).</summary>
public sealed class RemovalGuard(RemovalGuardSettings settings)
{
    /// <param name="removals">Removals about to be carried.</param>
    /// <param name="remaining">Live guests that remain.</param>
    public bool Allows(long removals, long remaining) =>
        removals <= settings.Count
        && (removals < settings.PercentFrom || removals * 100 <= settings.Percent * (removals + remaining));

    /// <summary>What an import staged includes members and, with other rules, groups: these limits are wider.</summary>
    /// <param name="deletes">Deletions that a synchronization would carry.</param>
    /// <param name="objects">Objects in the connector space, those among them.</param>
    public bool AllowsStaged(long deletes, long objects) =>
        deletes <= settings.StagedCount
        && (deletes < settings.PercentFrom || deletes * 100 <= settings.StagedPercent * objects);

    /// <summary>
    /// For people, who check the sum: "6 of 12 guests were removed, 50 %; allowed is 10 %", or "60 of 5000 guests were removed; allowed is
    /// 50".
    /// </summary>
    /// <param name="removals">Removals about to be carried.</param>
    /// <param name="remaining">Live guests that remain.</param>
    /// <param name="what">What became of them, e.g. "removed in the tenant".</param>
    public string Compare(long removals, long remaining, string what)
    {
        var total = removals + remaining;
        var head = string.Create(CultureInfo.InvariantCulture, $"{removals} of {total} guests {(removals == 1 ? "was" : "were")} {what}");
        return removals > settings.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{head}; allowed is {settings.Count}")
            : string.Create(CultureInfo.InvariantCulture,
                $"{head}, {100m * removals / Math.Max(1, total):0.#} %; allowed is {settings.Percent} %");
    }

    /// <summary>For people: what the guard allows to be staged.</summary>
    public string StagedLimit => $"{settings.StagedCount}, or {settings.StagedPercent} percent of the connector space";

    /// <summary>For people: what the guard allows.</summary>
    public override string ToString() => $"{settings.Count}, or {settings.Percent} percent of the guests";
}
