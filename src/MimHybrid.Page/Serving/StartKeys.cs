using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MimHybrid.Page.Serving;

/// <summary>
/// What lets a reader in: the key of this start, which stands in the printed address, and the cookie that a browser gets for it. Both are
/// 256 random bits, and neither outlives the process. The address that a browser is opened with has a key of its own that is good once:
/// other accounts of the machine may be able to read the command line of a browser.
/// </summary>
internal sealed class StartKeys
{
    private const int Bytes = 32;

    private readonly byte[] cookie = Ascii(New());
    private byte[]? once;

    /// <summary>Good until the process ends.</summary>
    public string Key { get; } = New();

    /// <summary>A key that is good for one request.</summary>
    public string IssueOnce()
    {
        var key = New();
        once = Ascii(key);
        return key;
    }

    public string Cookie => Encoding.ASCII.GetString(cookie);

    public bool IsCookie(string? given) => given is not null && AreEqual(cookie, given);

    public bool IsKey(string given)
    {
        if (AreEqual(Ascii(Key), given)) return true;
        return Volatile.Read(ref once) is { } single && AreEqual(single, given)
            && Interlocked.CompareExchange(ref once, null, single) == single;
    }

    /// <summary>In a time that tells nothing of how much of it was right.</summary>
    private static bool AreEqual(byte[] right, string given) =>
        CryptographicOperations.FixedTimeEquals(right, Encoding.UTF8.GetBytes(given));

    private static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
