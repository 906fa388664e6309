using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>What waits for approval, for people: the guests by name, and where MIM shows the deletions that it alone knows.</summary>
internal sealed class HeldRemovalsText(TimeZoneInfo zone)
{
    public Sheet Of(HeldRemovals held, long remaining)
    {
        var sheet = new Sheet();
        if (held.Removals > 0)
        {
            sheet.Line(
                $"{MatterWords.Count(held.Removals, "guest was", "guests were")} removed in the tenant; "
                    + $"{MatterWords.Count(remaining, "remains", "remain")}:");
            foreach (var guest in held.Guests) sheet.Row("  ", $"{GuestText.Of(guest)}, detected {Local(guest.DetectedAt)}");
            if (held.Removals > held.Guests.Count) sheet.Row("  ", $"and {held.Removals - held.Guests.Count} more");
        }

        if (held.Staged is { } staged)
            sheet.Line(
                $"{MatterWords.Count(staged.Deletes, "deletion is", "deletions are")} staged on {staged.ManagementAgent} (found by cycle "
                    + $"{staged.Cycle}). {staged.WhereToSee("Pending Import")}.");
        if (held.Export is { } export)
            sheet.Line(
                $"{MatterWords.Count(export.Deletes, "deletion waits", "deletions wait")} for export to {export.ManagementAgent} (found by "
                    + $"cycle {export.Cycle}). {export.WhereToSee("Pending Export")}.");
        return sheet;
    }

    private string Local(DateTimeOffset time) => WallClock.WithDate(time, zone);
}
