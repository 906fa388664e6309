namespace MimHybrid.Store.Rows;

/// <summary>
/// A step that came to its end and found something for a person, and that no later run of the same run profile has answered: what it found
/// is still so, as far as anybody knows.
/// </summary>
/// <param name="Cycle">The cycle in which it ran.</param>
/// <param name="ManagementAgent">Its management agent.</param>
/// <param name="RunProfile">Its run profile.</param>
/// <param name="Result">MIM's own word.</param>
/// <param name="ErrorCount">How many objects have errors.</param>
public sealed record StepFinding(long Cycle, string ManagementAgent, string RunProfile, string Result, long ErrorCount)
{
    /// <summary>What MIM's word means and what to do; empty for plain success.</summary>
    public string Advice { get; init; } = "";

    /// <summary>The first errors with their objects.</summary>
    public IReadOnlyList<StepError> Errors { get; init; } = [];

    /// <summary>What the agent itself found, each with what to do.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
