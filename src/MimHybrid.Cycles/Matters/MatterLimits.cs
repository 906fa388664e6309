using MimHybrid.Cycles.Settings;

namespace MimHybrid.Cycles.Matters;

/// <summary>What the settings say of how long things may take before somebody should know.</summary>
/// <param name="Agent">When cycles are due.</param>
/// <param name="Scale">1 in earnest; less in the sandbox.</param>
public sealed record MatterLimits(AgentSettings Agent, double Scale = 1)
{
    /// <summary>How long after a cycle was due none may have ended well.</summary>
    public required TimeSpan WithoutCycle { get; init; }

    /// <summary>How long Graph may not have been read to its end.</summary>
    public required TimeSpan WithoutReading { get; init; }

    /// <summary>A run that takes longer is stopped.</summary>
    public required TimeSpan LongestRun { get; init; }

    /// <summary>The channels of the settings: what could not be told over any other is nobody's business any more.</summary>
    public required IReadOnlyCollection<string> Channels { get; init; }
}
