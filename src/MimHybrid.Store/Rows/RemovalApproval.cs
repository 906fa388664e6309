using System.Globalization;

namespace MimHybrid.Store.Rows;

/// <summary>What a person let pass the removal guard, once.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Removals">Removals of guests that Graph had shown.</param>
/// <param name="StagedDeletes">Deletions that imports had staged.</param>
/// <param name="ExportDeletes">Deletions that waited for export.</param>
public sealed record RemovalApproval(string By, DateTimeOffset At, long Removals, long StagedDeletes, long ExportDeletes)
{
    /// <summary>For people: how many of what.</summary>
    public string Amounts
    {
        get
        {
            string[] amounts =
            [
                .. Of(Removals, "removal of a guest", "removals of guests"),
                .. Of(StagedDeletes, "staged deletion", "staged deletions"),
                .. Of(ExportDeletes, "deletion waiting for export", "deletions waiting for export"),
            ];
            return string.Join(" and ", amounts);
        }
    }

    private static string[] Of(long count, string one, string more) =>
        count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more)}")];
}
