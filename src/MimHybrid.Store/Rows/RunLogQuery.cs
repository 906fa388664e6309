namespace MimHybrid.Store.Rows;

/// <summary>Which cycles to read; what is left out does not narrow.</summary>
public sealed record RunLogQuery
{
    /// <summary>At most so many, the newest.</summary>
    public int? Last { get; init; }

    /// <summary>Cycles that started at or after this time.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Cycles with a guest whose id, name or mail contains this text, whatever the case.</summary>
    public string? Guest { get; init; }

    /// <summary>Exactly this cycle.</summary>
    public long? Cycle { get; init; }
}
