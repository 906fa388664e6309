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

    /// <summary>For people: what the guard allows to be staged.</summary>
    public string StagedLimit => $"{settings.StagedCount}, or {settings.StagedPercent} percent of the connector space";

    /// <summary>For people: what the guard allows.</summary>
    public override string ToString() => $"{settings.Count}, or {settings.Percent} percent of the guests";
}
