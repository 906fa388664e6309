namespace MimHybrid.Mim.Runs;

/// <summary>Takes what is told of a run while it goes on, in sentences for people.</summary>
/// <param name="sentence">What happened, or what is waited for.</param>
/// <param name="unnamed">The same without the name of who started a run; null where the sentence names nobody.</param>
public delegate void Tell(string sentence, string? unnamed = null);
