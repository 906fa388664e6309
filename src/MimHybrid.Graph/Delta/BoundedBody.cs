using System.Buffers;

namespace MimHybrid.Graph.Delta;

/// <summary>The whole body of an answer in a pooled buffer: nothing of a page may be used before its last byte was seen.</summary>
internal sealed class BoundedBody : IDisposable
{
    private const int FirstSize = 128 * 1024;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    private BoundedBody()
    {
    }

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Reads to the end; null when the body has more than <paramref name="limit"/> bytes.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="deadline">Hears of each piece, and ends a body that has no more to say.</param>
    public static async Task<BoundedBody?> ReadAsync(Stream stream, int limit, RequestDeadline deadline)
    {
        var body = new BoundedBody();
        try
        {
            while (body.length <= limit)
            {
                var read = await stream.ReadAsync(body.Room(), deadline.Token);
                deadline.Heard();
                if (read == 0) return body;
                body.length += read;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        body.Dispose();
        return null;
    }

    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private Memory<byte> Room()
    {
        if (length < buffer.Length) return buffer.AsMemory(length);

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
        return buffer.AsMemory(length);
    }
}
