namespace MimHybrid.Graph.Delta;

/// <summary>
/// Unwinds the reader and never leaves it; public only because CA1064 wants exceptions to be. The message names the defect and quotes
/// nothing of the page.
/// </summary>
public sealed class MalformedPageException(string message) : Exception(message);
