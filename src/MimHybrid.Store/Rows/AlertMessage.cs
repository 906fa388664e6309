namespace MimHybrid.Store.Rows;

/// <summary>What is told of an alert.</summary>
public enum AlertNoticeKind
{
    Begin,
    Reminder,

    /// <summary>It is about more objects than were told.</summary>
    More,

    /// <summary>Open again, soon after its end was told.</summary>
    Back,
    End,

    /// <summary>Nothing happened just now: what the last week was like.</summary>
    Digest,

    /// <summary>Nothing is the case: somebody tries whether messages arrive.</summary>
    Test,
}

/// <summary>One alert as it was when it was told: what goes out later is not changed by what happens meanwhile.</summary>
public sealed record AlertNotice
{
    public required AlertNoticeKind Kind { get; init; }

    /// <summary>The alert's number; 0 where there is none.</summary>
    public required long Alert { get; init; }

    /// <summary>Which matter it is.</summary>
    public required string Matter { get; init; }

    /// <summary>Whether a guest is not served because of it.</summary>
    public required bool IsError { get; init; }

    /// <summary>What is the case, without a full stop.</summary>
    public required string Title { get; init; }

    /// <summary>What a person does about it.</summary>
    public required string Do { get; init; }

    /// <summary>Who is concerned and what was said, as far as the message may say it.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>UTC.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>UTC; null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A message over one channel, until it has arrived or was given up. All times are UTC.</summary>
/// <param name="Id">0 until it is written.</param>
/// <param name="Key">For the receiver: a message that comes twice has the same.</param>
/// <param name="Channel">The channel's name, e.g. <c>Mail:Admins</c>.</param>
/// <param name="CreatedAt">When it was decided.</param>
/// <param name="Notices">What it tells, the probable cause first.</param>
/// <param name="NextAt">When it is tried next.</param>
public sealed record AlertMessage(
    long Id, string Key, string Channel, DateTimeOffset CreatedAt, IReadOnlyList<AlertNotice> Notices, DateTimeOffset NextAt)
{
    public int Attempts { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? GivenUpAt { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Error { get; init; }

    /// <summary>One that is due at once.</summary>
    public static AlertMessage New(string channel, IReadOnlyList<AlertNotice> notices, DateTimeOffset now) =>
        new(0, Guid.NewGuid().ToString("N"), channel, now, notices, now);
}
