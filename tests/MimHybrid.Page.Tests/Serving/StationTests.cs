using MimHybrid.Cycles.Words;
using MimHybrid.Page.Views;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Serving;

/// <summary>A guest's line of time, from what happened.</summary>
public sealed class StationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What was written is synchronized once more when it has been read back; the line has the time before.</summary>
    [Fact]
    public void A_line_of_time_runs_forward()
    {
        var line = Line(GuestStage.Confirmed, GuestEventKind.Invited, GuestEventKind.Seen, GuestEventKind.Imported, GuestEventKind.Synchronized,
            GuestEventKind.Exported, GuestEventKind.Confirmed, GuestEventKind.Synchronized);

        Assert.Equal(["Invited", "Seen", "Imported", "Synchronized", "Written", "Confirmed"], line.Select(station => station.Name));
        Assert.Equal(Enumerable.Range(0, 6), line.Select(station => (int)(station.At!.Value - Noon).TotalMinutes));
        Assert.All(line, station => Assert.Equal(Tone.Good, station.Tone));
    }

    /// <summary>A second try shows the second try.</summary>
    [Fact]
    public void A_guest_who_waits_for_the_export_has_the_newest_import()
    {
        var line = Line(GuestStage.Failing, GuestEventKind.Seen, GuestEventKind.Imported, GuestEventKind.Synchronized, GuestEventKind.Imported,
            GuestEventKind.Synchronized);

        Assert.Equal([0, 3, 4], line.Take(3).Select(station => (int)(station.At!.Value - Noon).TotalMinutes));
        Assert.Equal([Tone.Good, Tone.Good, Tone.Good, Tone.Bad, Tone.Faint], line.Select(station => station.Tone));
    }

    private static IReadOnlyList<GuestStation> Line(GuestStage stage, params GuestEventKind[] happened) =>
        GuestStations.Of(new GuestTale(new GuestStory("u", null, []), stage, "")
        {
            Events = [.. happened.Select((kind, minute) => new GuestEvent(Noon.AddMinutes(minute), kind.ToString()) { Kind = kind })],
        });
}
