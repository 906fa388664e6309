namespace MimHybrid.Graph.Delta;

/// <summary>Unwinds the reader; it never leaves it (public because CA1064 wants exceptions public). The message names the defect and quotes nothing of the page.</summary>
public sealed class MalformedPageException(string message) : Exception(message);
