using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Arrivals;

/// <summary>What a cycle's changes let one expect of MIM: each guest once, by what its changes come to together.</summary>
internal sealed record ExpectedArrivals
{
    /// <summary>All of them, as people count.</summary>
    public required GuestCounts All { get; init; }

    /// <summary>Those that MIM should show now, unless an earlier synchronization has.</summary>
    public required GuestCounts Fresh { get; init; }

    /// <summary>Guests found when the whole tenant was read: MIM may have known them before this agent did.</summary>
    public required long Old { get; init; }

    /// <summary>Guests of whom Graph has said something newer: MIM sees that, and not what is expected here.</summary>
    public required long ChangedSince { get; init; }

    /// <summary>Cycles after this one may have brought what is fresh.</summary>
    public required long AfterCycle { get; init; }

    public bool Any => All is not { Added: 0, Updated: 0, Removed: 0 };

    public static ExpectedArrivals Of(IEnumerable<ArrivalCause> causes)
    {
        var guests = causes
            .GroupBy(cause => cause.Guest, StringComparer.Ordinal)
            .Select(guest => (Net: Net(guest.First().Kind, guest), First: guest.First()))
            .Where(guest => guest.Net is not null)
            .ToList();
        var fresh = guests.FindAll(guest => guest.First is { ChangedSince: false, AfterCycle: not null });
        return new ExpectedArrivals
        {
            All = Count(guests.Select(guest => guest.Net)),
            Fresh = Count(fresh.Select(guest => guest.Net)),
            Old = guests.LongCount(guest => guest.First is { ChangedSince: false, AfterCycle: null }),
            ChangedSince = guests.LongCount(guest => guest.First.ChangedSince),
            AfterCycle = fresh.Select(guest => guest.First.AfterCycle).Min() ?? 0,
        };
    }

    /// <summary>
    /// What a guest's changes come to: added and then removed is nothing, added and then changed is added. Removed and then added or
    /// restored may be anything, as MIM may have looked in between: nothing is expected then.
    /// </summary>
    private static ChangeKind? Net(ChangeKind first, IEnumerable<ArrivalCause> changes)
    {
        var kinds = changes.Select(change => change.Kind).ToList();
        var wasThere = first is ChangeKind.Updated or ChangeKind.Removed;
        var isThere = kinds[^1] != ChangeKind.Removed;
        return (wasThere, isThere) switch
        {
            (false, true) => ChangeKind.Added,
            (true, false) => ChangeKind.Removed,
            (true, true) when kinds.TrueForAll(kind => kind == ChangeKind.Updated) => ChangeKind.Updated,
            _ => null,
        };
    }

    private static GuestCounts Count(IEnumerable<ChangeKind?> kinds)
    {
        var counts = kinds.CountBy(kind => kind!.Value).ToDictionary();
        return new GuestCounts(
            counts.GetValueOrDefault(ChangeKind.Added),
            counts.GetValueOrDefault(ChangeKind.Updated),
            counts.GetValueOrDefault(ChangeKind.Removed));
    }
}
