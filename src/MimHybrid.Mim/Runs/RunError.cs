namespace MimHybrid.Mim.Runs;

/// <summary>Where in a run an object failed.</summary>
public enum RunErrorKind
{
    /// <summary>While reading the connected directory: the object never reached the connector space.</summary>
    Discovery,

    /// <summary>While staging or synchronizing.</summary>
    Import,

    /// <summary>While writing to the connected directory.</summary>
    Export,

    /// <summary>While re-trying a metaverse object.</summary>
    Retry,
}

/// <summary>One object's error.</summary>
/// <param name="Kind">Where the object failed.</param>
/// <param name="Dn">The object's distinguished name; its display name for a metaverse object; its anchor or entry where it has no name;
/// empty if MIM could not tell.</param>
/// <param name="Type">MIM's error type, e.g. <c>password-policy-violation</c>.</param>
public sealed record RunError(RunErrorKind Kind, string Dn, string Type)
{
    /// <summary>What the connected directory or the rules extension said, in its own text; empty if nothing.</summary>
    public string Detail { get; init; } = "";

    /// <summary>UTC; null if MIM left it out.</summary>
    public DateTimeOffset? FirstOccurred { get; init; }

    /// <summary>How many runs have met this error again since.</summary>
    public int RetryCount { get; init; }
}
