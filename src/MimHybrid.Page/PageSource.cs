using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page;

/// <summary>Where page and report have from what they show: what only the agent's program knows.</summary>
public record HomeSource
{
    /// <summary>How the agent is, as <c>status</c> tells it; without a store, that there is none.</summary>
    public required Func<AgentReader?, StatusReport> ReadStatus { get; init; }

    /// <summary>A cycle of which the row says that it runs, beside the question whether anybody is there to run it.</summary>
    public required Func<AgentReader, CycleRecord, CycleRecord> SeeCycle { get; init; }

    /// <summary>What goes on now, in one line.</summary>
    public required Func<AgentReader, string> ReadProgress { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The version of the program.</summary>
    public required string Version { get; init; }
}

/// <summary>Where the page has the rest from.</summary>
public sealed record PageSource : HomeSource
{
    /// <summary>The data folder's full path.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Whether an agent holds the data folder now.</summary>
    public required Func<bool> AgentRuns { get; init; }

    /// <summary>The settings in force, each with where it comes from, and every error; no secret.</summary>
    public required Func<ShownSettings> ReadSettings { get; init; }

    /// <summary>What <c>mimhybrid check</c> found when it ran last; null where nobody knows.</summary>
    public required Func<CheckNote?> ReadChecks { get; init; }
}

/// <summary>The settings in force.</summary>
/// <param name="File">The settings file.</param>
/// <param name="All">In the order in which they are documented.</param>
/// <param name="Errors">Why no agent starts with them.</param>
public sealed record ShownSettings(string File, IReadOnlyList<ShownSetting> All, IReadOnlyList<string> Errors);

/// <summary>One setting.</summary>
/// <param name="Name">As it is written, e.g. <c>Graph:TenantId</c>.</param>
/// <param name="Value">Null where there is none; a secret is hidden.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="IsDefault">Nobody stated it.</param>
public sealed record ShownSetting(string Name, string? Value, string Source, bool IsDefault);
