namespace MimHybrid.Page;

/// <summary>What <c>mimhybrid check</c> found, as it left it beside the store.</summary>
/// <param name="At">When it ended, UTC.</param>
/// <param name="Account">Who ran it: what an account may do is a part of what is found.</param>
/// <param name="Findings">In the order of the checks.</param>
public sealed record CheckNote(DateTimeOffset At, string Account, IReadOnlyList<CheckFinding> Findings);

/// <summary>What one check saw.</summary>
/// <param name="State"><c>ok</c>, <c>skipped</c>, <c>warning</c> or <c>failed</c>.</param>
/// <param name="Name">The check's name.</param>
/// <param name="Saw">What was seen.</param>
/// <param name="Todo">What to do next; null where nothing is.</param>
public sealed record CheckFinding(string State, string Name, string Saw, string? Todo);
