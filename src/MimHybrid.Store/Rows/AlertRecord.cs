namespace MimHybrid.Store.Rows;

/// <summary>A matter that is open, or was, and what has been told of it. All times are UTC.</summary>
public sealed record AlertRecord
{
    /// <summary>0 until it is written.</summary>
    public long Id { get; init; }

    /// <summary>Which matter it is, e.g. <c>refused/ADMA</c>, whatever its words.</summary>
    public required string Matter { get; init; }

    public required bool IsError { get; init; }

    public required string Title { get; init; }

    public required string Do { get; init; }

    /// <summary>Who is concerned and what was said of it, a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The same without names of persons.</summary>
    public IReadOnlyList<string> Unnamed { get; init; } = [];

    /// <summary>The objects that were told, where the matter is about objects.</summary>
    public IReadOnlyList<string> Objects { get; init; } = [];

    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When its beginning was told; null while it may still pass by itself.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    public DateTimeOffset? LastToldAt { get; init; }

    public int Reminders { get; init; }

    /// <summary>Since when it is not open any more; null while it is.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>When it had been gone for long enough; null until then.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it came back after its end was told; null once that was told, too.</summary>
    public DateTimeOffset? BackAt { get; init; }

    public int Relapses { get; init; }

    /// <summary>Until then nothing is told of it.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    public string? SnoozedBy { get; init; }

    public bool IsSnoozed(DateTimeOffset now) => SnoozedUntil > now;
}
