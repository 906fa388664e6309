namespace MimHybrid.Sandbox.Tenant;

/// <summary>What the skip token of a list holds: the first request's options and where the next page begins.</summary>
internal sealed record ListToken
{
    public string Filter { get; init; } = "";

    public IReadOnlyList<string> Select { get; init; } = [];

    public int Top { get; init; }

    public long Usn { get; init; } = 1;

    public int Ordinal { get; init; }

    public DateTimeOffset IssuedAt { get; init; }
}
