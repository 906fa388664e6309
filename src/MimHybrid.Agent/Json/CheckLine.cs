namespace MimHybrid.Agent.Json;

/// <summary>What was found, the contract of <c>check --json</c>.</summary>
/// <param name="Outcome">The worst of them: <c>failed</c>, <c>warning</c> or <c>ok</c>.</param>
internal sealed record CheckLine(string Outcome, IReadOnlyList<FindingLine> Checks);

/// <summary>What one check saw.</summary>
internal sealed record FindingLine(string State, string Name, string Saw, string? Todo);
