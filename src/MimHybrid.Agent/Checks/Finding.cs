using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Checks;

internal enum FindingState
{
    Ok,

    /// <summary>Could not be looked at: it does not exist here, or something before it failed.</summary>
    Skipped,

    /// <summary>The agent works, but not as it should for years.</summary>
    Warning,

    /// <summary>The agent cannot do its work.</summary>
    Failed,
}

/// <summary>What a check saw.</summary>
/// <param name="Name">The check's name.</param>
/// <param name="Saw">What was seen, for people; never a secret.</param>
/// <param name="Todo">What to do next; null only where all is well.</param>
internal sealed record Finding(FindingState State, string Name, string Saw, string? Todo = null)
{
    public string Word => State.ToString().ToLowerInvariant();

    public override string ToString() => $"{Word,-7}  {Name,-17}  {Printable.Of(Saw)}{(Todo is null ? "" : $"; {Printable.Of(Todo)}")}";
}
