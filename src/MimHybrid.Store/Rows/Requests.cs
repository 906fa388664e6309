namespace MimHybrid.Store.Rows;

/// <summary>Somebody's wish for a cycle now.</summary>
/// <param name="Sequence">The sequence asked for; null leaves it to the function.</param>
/// <param name="PastWindow">Whether it runs inside a maintenance window too.</param>
public sealed record ForcedRequest(long Id, string? Sequence, string RequestedBy, DateTimeOffset RequestedAt, bool PastWindow);

/// <summary>What the agent answers to a forced request.</summary>
public enum ForcedAnswerKind
{
    /// <summary>Something has to pass first.</summary>
    Waiting,

    /// <summary>Nothing runs until a person acts.</summary>
    Held,

    /// <summary>It cannot be served, now or later.</summary>
    Refused,
}

/// <summary>The agent's answer to a forced request that no cycle serves yet.</summary>
/// <param name="Reason">Why, for people.</param>
/// <param name="Until">Until when it waits, UTC; null where nobody knows.</param>
public sealed record ForcedAnswer(ForcedAnswerKind Kind, string Reason, DateTimeOffset? Until = null);

/// <summary>How it stands with a forced request.</summary>
/// <param name="Cycle">The cycle that serves it; null while none does.</param>
/// <param name="IsWithdrawn">Somebody took it back: who asked, or an agent that started anew.</param>
/// <param name="Answer">What the agent says of it; null before it has seen it.</param>
public sealed record ForcedRequestState(long? Cycle, bool IsWithdrawn, ForcedAnswer? Answer);

/// <summary>Somebody wants the agent to end after the cycle in progress.</summary>
public sealed record StopRequest(string RequestedBy);
