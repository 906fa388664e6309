namespace MimHybrid.Cycles.Running;

/// <summary>Something in a step that people have to look into.</summary>
/// <param name="Text">What, and what to do.</param>
/// <param name="Unnamed">The same without naming a person; null where it names nobody.</param>
internal sealed record Finding(string Text, string? Unnamed = null);
