using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Makes tokens that carry their own content and cannot be altered: the content, a number used once, and a checksum keyed with
/// the tenant's key. Nothing is kept, so a token outlives the process if the key does. The tokens contain <c>- _ . ~</c> and a
/// plus sign, which is <c>%2B</c> in a URL, so that a client that decodes or cleans a link breaks it visibly.
/// </summary>
internal sealed class TokenSeal(byte[] key)
{
    private const string End = "~+1";
    private const int NonceLength = 6;
    private const int ChecksumLength = 16;

    /// <summary>Seals a value. Two tokens are never the same.</summary>
    /// <param name="purpose">One character that tells one kind of token from another.</param>
    /// <param name="value">The content.</param>
    /// <param name="type">How JSON writes it.</param>
    public string Seal<T>(char purpose, T value, JsonTypeInfo<T> type)
    {
        byte[] body = [.. RandomNumberGenerator.GetBytes(NonceLength), .. JsonSerializer.SerializeToUtf8Bytes(value, type)];
        return $"{purpose}-_{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(Checksum(purpose, body))}{End}";
    }

    /// <summary>Opens a token of this tenant and purpose; false for any other text.</summary>
    public bool TryOpen<T>(char purpose, string token, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        if (!token.StartsWith($"{purpose}-_", StringComparison.Ordinal) || !token.EndsWith(End, StringComparison.Ordinal))
            return false;

        if (token[3..^End.Length].Split('.') is not [var encodedBody, var encodedChecksum]
            || !TryDecode(encodedBody, out var body)
            || !TryDecode(encodedChecksum, out var checksum)
            || !CryptographicOperations.FixedTimeEquals(checksum, Checksum(purpose, body)))
        {
            return false;
        }

        value = JsonSerializer.Deserialize(body.AsSpan(NonceLength), type);
        return value is not null;
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = [];
        if (!Base64Url.IsValid(text))
            return false;

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }

    private byte[] Checksum(char purpose, byte[] body) => HMACSHA256.HashData(key, (byte[])[(byte)purpose, .. body])[..ChecksumLength];
}
