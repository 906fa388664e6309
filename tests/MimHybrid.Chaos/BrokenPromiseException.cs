namespace MimHybrid.Chaos;

/// <summary>The agent did what it must not do, or did not do what it must. The message says which.</summary>
internal sealed class BrokenPromiseException(string what) : Exception(what);
