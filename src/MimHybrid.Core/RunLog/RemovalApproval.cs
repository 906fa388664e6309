using System.Globalization;

namespace MimHybrid.Core.RunLog;

/// <summary>What a person let pass the removal guard, once.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Removals">Removals of guests that Graph had shown.</param>
/// <param name="StagedDeletes">Deletions that imports had staged.</param>
/// <param name="ExportDeletes">Deletions that waited for export.</param>
public sealed record RemovalApproval(string By, DateTimeOffset At, long Removals, long StagedDeletes, long ExportDeletes)
{
    /// <summary>For people: how many of what.</summary>
    public string Amounts => string.Create(
        CultureInfo.InvariantCulture, $"{Removals} pending removals, {StagedDeletes} staged deletions and {ExportDeletes} deletions waiting for export");
}
