namespace MimHybrid.Store.Rows;

/// <summary>Where the next round starts: the delta link, whole and opaque, as Graph gave it.</summary>
/// <param name="Link">The URL to ask next. A secret of sorts: never logged, never displayed.</param>
/// <param name="Fingerprint">The settings the link depends on (tenant, cloud, application, selection). Another fingerprint means: a
/// baseline anew.</param>
/// <param name="ObtainedAt">When Graph gave it, UTC.</param>
public sealed record DeltaCursor(string Link, string Fingerprint, DateTimeOffset ObtainedAt);

/// <summary>All effects of one complete delta round, to be committed in one transaction with the new cursor.</summary>
public sealed record DeltaRound
{
    public required DeltaCursor Cursor { get; init; }

    /// <summary>Guests to remember as given, replacing what was known of the same id.</summary>
    public IReadOnlyList<Guest> Remembered { get; init; } = [];

    /// <summary>Ids that are no guests any more.</summary>
    public IReadOnlyList<string> Forgotten { get; init; } = [];

    /// <summary>What becomes pending.</summary>
    public IReadOnlyList<GuestChange> Changes { get; init; } = [];

    /// <summary>How many entries were about guests who do not count, by reason.</summary>
    public IReadOnlyDictionary<IgnoredBecause, int> Ignored { get; init; } = new Dictionary<IgnoredBecause, int>();

    /// <summary>Whether there is anything but the cursor.</summary>
    public bool HasNews => this is not { Remembered: [], Forgotten: [], Changes: [], Ignored.Count: 0 };
}

/// <summary>How far a baseline, the reading of the whole tenant, has come: kept page by page, so that it goes on after a crash.</summary>
/// <param name="NextLink">The page to read next.</param>
/// <param name="Fingerprint">As in <see cref="DeltaCursor.Fingerprint"/>.</param>
/// <param name="StartedAt">When the first page was asked for, UTC.</param>
/// <param name="Pages">Pages read so far.</param>
/// <param name="Users">Entries read so far, members included.</param>
/// <param name="Guests">Guests found so far.</param>
public sealed record Baseline(string NextLink, string Fingerprint, DateTimeOffset StartedAt, int Pages, long Users, long Guests)
{
    public BaselineKind Kind { get; init; }

    /// <summary>
    /// The delta link taken before a list is read: where the rounds start once the list stands. A secret like any cursor.
    /// </summary>
    public string? CursorLink { get; init; }

    /// <summary>From when on the list may be read, UTC; null where nothing has to be waited for.</summary>
    public DateTimeOffset? ReadFrom { get; init; }
}

/// <summary>
/// Which way the whole tenant is read (MimHybrid.Graph/README.md#reading-the-whole-tenant, MimHybrid.Graph/README.md#drift).
/// </summary>
public enum BaselineKind
{
    /// <summary>All users, by a first delta round.</summary>
    Delta,

    /// <summary>The guests, by a filtered list, on top of a delta link taken before.</summary>
    List,

    /// <summary>The guests, by the same list, to compare them with those known; the cursor stays.</summary>
    Reconcile,
}

/// <summary>One page of a baseline.</summary>
public sealed record BaselinePage
{
    public required string Fingerprint { get; init; }

    /// <summary>When the page was read, UTC.</summary>
    public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Entries on the page, members included.</summary>
    public required int Users { get; init; }

    public IReadOnlyList<Guest> Guests { get; init; } = [];

    /// <summary>Ids on the page that are members or removed: an earlier page's guest of that id is taken back.</summary>
    public IReadOnlyList<string> NotGuests { get; init; } = [];

    /// <summary>Those of <see cref="NotGuests"/> about whom a later page may say something else: all but the members.</summary>
    public IReadOnlyList<BaselineUser> Others { get; init; } = [];
}

/// <summary>What a page of a baseline said of a user.</summary>
/// <param name="Id">Graph's object id.</param>
/// <param name="Kind">What the page's entry was, in its reader's words; null for a guest who counts.</param>
/// <param name="Digest">As in <see cref="Guest.Digest"/>; empty where the entry had none.</param>
/// <param name="Outside">Why a guest does not count.</param>
public sealed record BaselineUser(string Id, string? Kind, string Digest, IgnoredBecause? Outside);

/// <summary>Whose link a request carries.</summary>
public enum LinkHolder
{
    Cursor,

    /// <summary>The baseline in progress, whichever kind.</summary>
    Baseline,
}

/// <summary>Refusals in a row of one link.</summary>
/// <param name="Count">How many, those too near each other left out.</param>
/// <param name="Since">When the first of them was counted, UTC.</param>
public sealed record Refusals(int Count, DateTimeOffset Since);

/// <summary>What a completed baseline made of the guests known before.</summary>
public sealed record BaselineResult(long Users, long Guests, CommittedChanges Changes)
{
    /// <summary>How many of the changes are guests who only do not count any more (<see cref="GuestChange.LeftBecause"/>).</summary>
    public long NoLongerCounted { get; init; }

    /// <summary>Not null: too many guests were missing, so nothing was taken over, and the baseline was thrown away.</summary>
    public DoubtedBaseline? Held { get; init; }
}
