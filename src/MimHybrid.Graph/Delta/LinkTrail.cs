using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MimHybrid.Graph.Delta;

/// <summary>The pages visited in one round: a link that comes back, or a round without an end, must not hold the agent for ever.</summary>
internal sealed class LinkTrail
{
    /// <summary>Twenty million users at 200 a page: more than any tenant has, fewer than for ever.</summary>
    private const int MostPages = 100_000;

    /// <summary>Digests instead of links: a link has a thousand characters, and a large tenant thousands of pages.</summary>
    private readonly HashSet<UInt128> visited = [];

    /// <summary>Why the page is not asked for, or null.</summary>
    public string? Refusal(string link)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(link.AsSpan()), hash);
        if (!visited.Add(BinaryPrimitives.ReadUInt128LittleEndian(hash))) return "a page links to a page that came before it";
        return visited.Count > MostPages ? "the round does not end" : null;
    }
}
