namespace MimHybrid.Graph;

/// <summary>What came of one request: an answer that was read to its end and understood, or the reason there is none.</summary>
public abstract record GraphReply<T>
{
    private GraphReply()
    {
    }

    public sealed record Answer(T Value) : GraphReply<T>;

    public sealed record Refusal(GraphError Error) : GraphReply<T>;
}

/// <summary>A request without a usable answer.</summary>
/// <param name="Failure">For people.</param>
public sealed record GraphError(PollFailure Failure)
{
    /// <summary>The HTTP status of Graph's answer, 200 for one that cannot be used; 0 when there was none.</summary>
    public int Status { get; init; }

    /// <summary>The answer's error code and the codes nested in it, outermost first.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Graph itself said it, by a code or by its challenge to sign in; else it may be a gateway's.</summary>
    public bool IsExplained { get; init; }

    /// <summary>Status and code, for people.</summary>
    public string Answer => this switch
    {
        { Status: 200 } => "an answer that cannot be used",
        { Codes: [var code, ..] } => $"{Status} {code}",
        _ => $"{Status}",
    };
}
