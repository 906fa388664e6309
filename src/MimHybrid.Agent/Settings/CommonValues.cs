using MimHybrid.Sandbox.Rehearsals;

namespace MimHybrid.Agent.Settings;

/// <summary>What the switches that every command has came to.</summary>
/// <param name="Data">The data folder's full path.</param>
/// <param name="Config">The settings file, where one was named.</param>
/// <param name="Sandbox">Whether both halves are the sandbox's.</param>
/// <param name="Rehearsal">What is to go wrong in the sandbox; null for its ordinary story.</param>
/// <param name="Set">Settings from the command line.</param>
internal sealed record CommonValues(
    string Data, string? Config, bool Sandbox, Rehearsal? Rehearsal, IReadOnlyList<SetValue> Set);

/// <summary>A setting of the command line.</summary>
internal sealed record SetValue(string Setting, string Value);
