namespace MimHybrid.House.Tests;

/// <summary>One room uses another.</summary>
/// <param name="From">The room that uses: a namespace, or a project.</param>
/// <param name="To">The room that is used.</param>
/// <param name="By">What uses it: a file.</param>
internal sealed record Arrow(string From, string To, string By);
