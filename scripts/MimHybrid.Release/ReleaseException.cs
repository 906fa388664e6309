namespace MimHybrid.Release;

/// <summary>No release can be made; the message says why and what to do.</summary>
internal sealed class ReleaseException(string message) : Exception(message);
