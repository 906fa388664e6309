namespace MimHybrid.Store.Rows;

/// <summary>Something the agent decided during a cycle, and why, for people.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Step">The position of the step it is about; 0 before any.</param>
/// <param name="Text">What and why.</param>
public sealed record CycleDecision(DateTimeOffset At, int Step, string Text)
{
    /// <summary>What begins the text of something that people have to look into.</summary>
    public const string FindingMark = "Finding: ";

    /// <summary>How a finding begins that names the accounts which a directory refused, and of which management agent.</summary>
    public const string RefusalBegin = "The directory of ";

    /// <summary>The same without naming a person; null where it names nobody.</summary>
    public string? Unnamed { get; init; }
}
