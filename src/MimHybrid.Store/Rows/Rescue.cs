namespace MimHybrid.Store.Rows;

/// <summary>A store that could not be used was put aside.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Told">What was wrong, where it lies, and what was saved, for people.</param>
public sealed record Rescue(DateTimeOffset At, string Told);
