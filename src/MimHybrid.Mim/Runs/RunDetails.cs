using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>What MIM's run details say of one run (README.md#the-xml-of-a-run).</summary>
public sealed record RunDetails
{
    /// <summary>Null if the details name no run: the management agent has never run, or its history was cleared.</summary>
    public int? RunNumber { get; init; }

    public string ManagementAgent { get; init; } = "";
    public string RunProfile { get; init; } = "";

    /// <summary>Who started the run, as <c>DOMAIN\user</c>.</summary>
    public string Caller { get; init; } = "";

    /// <summary>By number; MIM lists the newest first.</summary>
    public IReadOnlyList<RunStep> Steps { get; init; } = [];

    /// <summary>Of all steps together.</summary>
    public RunCounters Counters { get; init; } = RunCounters.None;

    /// <summary>The first errors, in the order of the document.</summary>
    public IReadOnlyList<RunError> Errors { get; init; } = [];

    /// <summary>All errors, kept or not.</summary>
    public long ErrorCount { get; init; }

    /// <summary>
    /// How a connection to the connected directory failed, to which server, and the directory's own text; empty if none did.
    /// </summary>
    public string ConnectionProblem { get; init; } = "";

    /// <summary>What is wrong with the document; empty if it is whole. If not, a counter that is missing here proves nothing.</summary>
    public string Defect { get; init; } = "";

    public DateTimeOffset? StartedAt => Steps.Min(step => step.StartedAt);

    /// <summary>Null while a step has no end.</summary>
    public DateTimeOffset? EndedAt => Steps.Any(step => step.EndedAt is null) ? null : Steps.Max(step => step.EndedAt);

    /// <summary>The worst of the steps that have a result; null if none has.</summary>
    public ResultWord? Result => Steps
        .Select(step => step.Result)
        .Where(result => result.Raw.Length > 0 && result.Class != ResultClass.StillRunning)
        .Aggregate((ResultWord?)null, (worst, result) => worst is null ? result : ResultWords.Worse(worst, result));
}
