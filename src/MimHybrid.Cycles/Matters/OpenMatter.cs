namespace MimHybrid.Cycles.Matters;

/// <summary>How bad something is that is open.</summary>
public enum Severity
{
    /// <summary>Guests are served; somebody should look into it all the same.</summary>
    Warning,

    /// <summary>A guest is not served, or nobody would see it if one were not.</summary>
    Error,
}

/// <summary>Something that waits for a person: <c>status</c> begins with it, and every other place tells it in the same words.</summary>
/// <param name="Id">Which matter it is, e.g. <c>refused/ADMA</c>: stays while it lasts, whatever its words.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What is the case, in one sentence without a full stop.</param>
/// <param name="Do">What a person does about it, in whole sentences.</param>
public sealed record OpenMatter(string Id, Severity Severity, string Title, string Do)
{
    /// <summary>Who is concerned and what was said about it, one line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The same without names of persons; null where <see cref="Details"/> has none.</summary>
    public IReadOnlyList<string>? Unnamed { get; init; }

    /// <summary>The objects that it is about, the oldest first, where each of them is news.</summary>
    public IReadOnlyList<MatterObject> Objects { get; init; } = [];

    /// <summary>When something ends that it is about, such as a credential, UTC; null where there is no such day.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Since when, UTC; null where nobody knows.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The same, about some of its objects alone.</summary>
    public OpenMatter Of(IReadOnlyList<MatterObject> some) => this with
    {
        Details = [.. some.Take(MatterFacts.Named).Select(one => one.Line), .. MatterWords.More(some.Count - MatterFacts.Named)],
        Unnamed = [.. MatterWords.ByType(some.Select(one => one.Type))],
    };
}

/// <summary>An object that a matter is about.</summary>
/// <param name="Key">What it is known by, on one line.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="Line">Who it is, and what was said of it.</param>
/// <param name="Type">The kind of error, which names nobody.</param>
public sealed record MatterObject(string Key, DateTimeOffset Since, string Line, string Type);
