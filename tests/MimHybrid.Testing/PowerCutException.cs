namespace MimHybrid.Testing;

/// <summary>
/// Stands for the end of the process: nothing in the agent knows it, so nothing tidies up after it, and nobody but the test may catch it.
/// </summary>
public sealed class PowerCutException() : Exception("The agent's process is gone.");
