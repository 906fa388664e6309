namespace MimHybrid.Graph;

/// <summary>What kept a poll from its answer.</summary>
public enum PollFailureClass
{
    /// <summary>Entra gave no token, or Graph did not accept it.</summary>
    SignIn,

    /// <summary>The application may not read users.</summary>
    Permission,

    /// <summary>Too many requests; the answer usually says how long to wait.</summary>
    Throttled,

    /// <summary>No answer: network, proxy, time limit.</summary>
    Unreachable,

    /// <summary>An answer that speaks of trouble on the other side.</summary>
    ServerError,

    /// <summary>An answer that breaks the protocol. Nothing of it was used.</summary>
    Malformed,

    /// <summary>A reading of the tenant in which too many guests are missing to believe it at once.</summary>
    Doubtful,

    /// <summary>A setting does not fit the tenant or this machine.</summary>
    Configuration,
}

/// <summary>Why a poll came to nothing. The cursor and the guests are as they were.</summary>
/// <param name="Class">What kind of cause.</param>
/// <param name="NeedsPerson">Waiting will not mend it.</param>
/// <param name="What">For the administrator: what is wrong. Never a token, a secret or a link.</param>
/// <param name="WhatToDo">What somebody can do about it; null where there is nothing but to wait.</param>
public sealed record PollFailure(PollFailureClass Class, bool NeedsPerson, string What, string? WhatToDo = null)
{
    /// <summary>What the agent does about it by itself; null where that needs no word.</summary>
    public string? Meanwhile { get; init; }

    /// <summary>All of it, for people.</summary>
    public string Sentence => string.Join(' ', new[] { What, WhatToDo, Meanwhile }.OfType<string>());

    /// <summary>How long the other side wants to be left alone, counted from the answer; the caller honours it whole.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Graph's id of the failed request, for a case with Microsoft's support.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>For people: the sentence, and Graph's request-id where there is one.</summary>
    public override string ToString() => RequestId is { } id ? $"{Sentence} (Graph's request-id: {id})" : Sentence;

    /// <summary>A failure that time may mend.</summary>
    public static PollFailure Passing(PollFailureClass failureClass, string what, string? whatToDo = null, string? meanwhile = null) =>
        new(failureClass, NeedsPerson: false, what, whatToDo) { Meanwhile = meanwhile };

    /// <summary>A failure that somebody has to mend.</summary>
    public static PollFailure ForPerson(PollFailureClass failureClass, string what, string whatToDo) =>
        new(failureClass, NeedsPerson: true, what, whatToDo);
}
