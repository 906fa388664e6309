namespace MimHybrid.Store.Rows;

/// <summary>Which cycles to read; what is left out does not narrow.</summary>
public sealed record RunLogQuery
{
    /// <summary>At most so many, the newest.</summary>
    public int? Last { get; init; }

    /// <summary>Cycles that started at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Cycles that started before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Cycles with a guest whose id, name or mail contains this text, whatever the case, the accents and the script.</summary>
    public string? Guest { get; init; }

    /// <summary>As <see cref="Guest"/>, or with the text in their reason, their failure, or the name of who forced them.</summary>
    public string? Text { get; init; }

    /// <summary>Cycles with lower numbers: what is older than a page that was read.</summary>
    public long? Before { get; init; }

    public string? Function { get; init; }

    public string? Sequence { get; init; }

    /// <summary>Cycles that ended in one of these ways.</summary>
    public IReadOnlyList<CycleOutcome>? Outcomes { get; init; }
}
