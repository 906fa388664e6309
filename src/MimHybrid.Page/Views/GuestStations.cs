using MimHybrid.Cycles.Words;

namespace MimHybrid.Page.Views;

/// <summary>A place on a guest's way, from the tenant to the account.</summary>
/// <param name="Name">What happens there.</param>
/// <param name="At">When the guest was there; null for what is still to come.</param>
/// <param name="Tone">Good where it was passed, bad where it hangs.</param>
public sealed record GuestStation(string Name, DateTimeOffset? At, Tone Tone)
{
    /// <summary>In a word, for people who do not see the line.</summary>
    public string Word => Tone switch
    {
        Tone.Good => "done",
        Tone.Bad => "hangs here",
        Tone.Warning => "not yet",
        _ => "to come",
    };
}

/// <summary>How far the newest change of a guest has come, on one line of time.</summary>
public static class GuestStations
{
    private static readonly (GuestEventKind Kind, string Name)[] way =
    [
        (GuestEventKind.Seen, "Seen"), (GuestEventKind.Imported, "Imported"), (GuestEventKind.Synchronized, "Synchronized"),
        (GuestEventKind.Exported, "Written"), (GuestEventKind.Confirmed, "Confirmed"),
    ];

    /// <summary>Empty for a guest of whom nothing is kept, and for one whose account something else makes.</summary>
    public static IReadOnlyList<GuestStation> Of(GuestTale tale)
    {
        var begun = tale.Events.LastOrDefault(each => each.Kind == GuestEventKind.Seen);
        if (begun is null || tale.Stage is GuestStage.Unknown or GuestStage.Observed) return [];
        var passings = Passings([.. tale.Events.Where(each => each.At >= begun.At)]);
        var (stations, isOver) = (new List<GuestStation>(), false);
        if (tale.Events.LastOrDefault(each => each.Kind == GuestEventKind.Invited && each.At <= begun.At) is { } invited)
            stations.Add(new GuestStation("Invited", invited.At, Tone.Good));
        foreach (var ((_, name), found) in way.Zip(passings))
        {
            var passed = isOver ? null : found;
            if (passed is { IsBad: false })
            {
                stations.Add(new GuestStation(name, passed.At, Tone.Good));
                continue;
            }

            if (!isOver) stations.Add(new GuestStation(name, passed?.At, Stops(tale)));
            else stations.Add(new GuestStation(name, null, Tone.Faint));
            isOver = true;
        }

        return tale.Stage == GuestStage.NothingToWrite ? [.. stations.TakeWhile(station => station.Name != "Written")] : stations;
    }

    /// <summary>
    /// The newest event of each station that does not come after a later station was passed: what was written is read back and
    /// synchronized once more, which is not the way there.
    /// </summary>
    private static GuestEvent?[] Passings(IReadOnlyList<GuestEvent> events)
    {
        var (found, until) = (new GuestEvent?[way.Length], DateTimeOffset.MaxValue);
        for (var station = way.Length - 1; station >= 0; station--)
        {
            found[station] = events.LastOrDefault(each => each.Kind == way[station].Kind && each.At <= until);
            if (found[station] is { IsBad: false, At: var at }) until = at;
        }

        return found;
    }

    private static Tone Stops(GuestTale tale) => tale.Hangs ? Tone.Bad : Tone.Warning;
}
