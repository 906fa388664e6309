using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace MimHybrid.Graph.Delta;

/// <summary>
/// A digest of a guest's selected values, in the order of the selection: the first 16 bytes of SHA-256 in hexadecimal. How a value is
/// escaped does not matter; null and absent are the same, because both mean "no value" (README.md#how-a-user-appears-on-a-page).
/// </summary>
internal sealed class SelectedValuesDigest : IDisposable
{
    private const int KeptBytes = 16;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Dispose() => hash.Dispose();

    /// <summary>Adds the next value of the selection.</summary>
    /// <param name="json">The value as it stands on the page; empty when it is not there.</param>
    public void Add(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("null"u8))
        {
            Add(JsonTokenType.Null, []);
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read()) AddToken(ref reader);
    }

    /// <summary>The digest of the values added since the last time.</summary>
    public string Take()
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        return Convert.ToHexStringLower(whole[..KeptBytes]);
    }

    private void AddToken(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            Add(reader.TokenType, reader.ValueSpan);
            return;
        }

        var unescaped = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        Add(reader.TokenType, JsonText.TryUnescape(ref reader, unescaped, out var length) ? unescaped.AsSpan(0, length) : reader.ValueSpan);
        ArrayPool<byte>.Shared.Return(unescaped);
    }

    /// <summary>Kind and length before the bytes, so that no two lists of values run into the same bytes.</summary>
    private void Add(JsonTokenType kind, ReadOnlySpan<byte> bytes)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], bytes.Length);
        hash.AppendData(head);
        hash.AppendData(bytes);
    }
}
