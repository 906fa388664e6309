namespace MimHybrid.Release;

/// <summary>What a bill of materials is about.</summary>
internal sealed record BillSubject(string Name, string Version, string Commit, DateTimeOffset CommittedAt, string Sdk);
