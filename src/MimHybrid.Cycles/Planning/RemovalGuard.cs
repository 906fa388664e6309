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
    public string Compare(long removals, long remaining)
    {
        var total = removals + remaining;
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{removals} of {total} guests {(removals == 1 ? "was" : "were")} removed in the tenant");
        return removals > settings.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{head}; allowed is {settings.Count}")
            : $"{head}, {Share(removals, total)}; allowed is {settings.Percent} %";
    }

    /// <summary>"3 of 10 objects are staged for deletion, 30 %; allowed is 25 %".</summary>
    /// <param name="deletes">Deletions staged.</param>
    /// <param name="objects">Objects in the connector space, those among them.</param>
    public string CompareStaged(long deletes, long objects)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{deletes} of {objects} objects {(deletes == 1 ? "is" : "are")} staged for deletion");
        return deletes > settings.StagedCount
            ? $"{head}; allowed is {settings.StagedCount}"
            : $"{head}, {Share(deletes, objects)}; allowed is {settings.StagedPercent} %";
    }

    /// <summary>"the export would delete 3 accounts; of 10 guests that is 30 %, and allowed is 10 %".</summary>
    /// <param name="deletes">Deletions that wait for export.</param>
    /// <param name="guests">Guests that there were.</param>
    public string CompareExport(long deletes, long guests)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture, $"the export would delete {deletes} {(deletes == 1 ? "account" : "accounts")}");
        return deletes > settings.Count
            ? $"{head}; allowed is {settings.Count}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{head}; of {guests} guests that is {Share(deletes, guests)}, and allowed is {settings.Percent} %");
    }

    /// <summary>Which limit so many deletions staged were held by, where the number of objects is not known any more.</summary>
    public string StagedLimit(long deletes) => deletes > settings.StagedCount
        ? $"allowed is {settings.StagedCount}"
        : $"allowed is {settings.StagedPercent} % of its objects";

    /// <summary>The same for deletions that wait for export.</summary>
    public string ExportLimit(long deletes) =>
        deletes > settings.Count ? $"allowed is {settings.Count}" : $"allowed is {settings.Percent} % of the guests";

    private static string Share(long part, long total) =>
        string.Create(CultureInfo.InvariantCulture, $"{100m * part / Math.Max(1, total):0.#} %");
}
