using MimHybrid.Core.Settings;

namespace MimHybrid.Core.Planning;

/// <summary>Whether so many removals may pass without a person's approval (shared/DESIGN.md, statement 6).</summary>
public sealed class RemovalGuard(RemovalGuardSettings settings)
{
    /// <param name="removals">Removals about to be carried.</param>
    /// <param name="remaining">Live guests that remain.</param>
    public bool Allows(long removals, long remaining) =>
        removals <= settings.Count
        && (removals < settings.PercentFrom || removals * 100 <= settings.Percent * (removals + remaining));

    /// <summary>For people: what the guard allows.</summary>
    public override string ToString() => $"{settings.Count}, or {settings.Percent} percent of the guests";
}
