using System.Globalization;
using System.Text;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>What waits for approval, for people: the guests by name, and where MIM shows the deletions that it alone knows.</summary>
internal sealed class HeldRemovalsText(TimeZoneInfo zone)
{
    public string Of(HeldRemovals held, long remaining)
    {
        var text = new StringBuilder();
        if (held.Removals > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Count(held.Removals, "guest was", "guests were")} removed in the tenant; {Count(remaining, "remains", "remain")}:");
            foreach (var guest in held.Guests)
                text.AppendLine(CultureInfo.InvariantCulture, $"  {GuestText.Of(guest)}, detected {Local(guest.DetectedAt)}");
            if (held.Removals > held.Guests.Count)
                text.AppendLine(CultureInfo.InvariantCulture, $"  and {held.Removals - held.Guests.Count} more");
        }

        if (held.Staged is { } staged)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Count(staged.Deletes, "deletion is", "deletions are")} staged on {staged.ManagementAgent} (found by cycle "
                    + $"{staged.Cycle}). {staged.WhereToSee("Pending Import")}.");
        if (held.Export is { } export)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Count(export.Deletes, "deletion waits", "deletions wait")} for export to {export.ManagementAgent} (found by cycle "
                    + $"{export.Cycle}). {export.WhereToSee("Pending Export")}.");
        return text.ToString().TrimEnd();
    }

    private static string Count(long count, string one, string more) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : more)}");

    private string Local(DateTimeOffset time) => WallClock.WithDate(time, zone);
}
