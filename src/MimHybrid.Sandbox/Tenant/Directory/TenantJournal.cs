using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// The tenant's memory: lines of JSON, appended and handed to the operating system one by one, so that the tenant is the same
/// after its process was killed. A last line without its end was being written just then and is cut. Without a path it keeps
/// nothing.
/// </summary>
internal sealed class TenantJournal : IDisposable
{
    private readonly string? path;
    private readonly FileStream? guard;
    private FileStream? file;

    /// <summary>Opens or begins a journal.</summary>
    /// <param name="path">The file; null for a tenant that forgets.</param>
    /// <param name="fresh">Who the tenant is if the file does not say.</param>
    /// <exception cref="InvalidDataException">A line that is not the last is no journal line, or a line is missing.</exception>
    /// <exception cref="IOException">The file cannot be opened, for instance because another process runs this tenant.</exception>
    public TenantJournal(string? path, TenantIdentity fresh)
    {
        (this.path, Identity) = (path, fresh);
        if (path is null)
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // A file of its own as the lock: a lock on the journal itself would, on Linux, keep readers out too.
        guard = new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        try
        {
            file = Open(path);
            Load(file);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TenantIdentity Identity { get; private set; }

    /// <summary>The changes that the file held when it was opened.</summary>
    public IReadOnlyList<JournalLine> Replayed { get; private set; } = [];

    /// <summary>The length of the torn end that was cut, in bytes.</summary>
    public long BytesCut { get; private set; }

    /// <summary>Writes one change. It has left the process when this returns.</summary>
    public void Append(JournalLine line) => Append(line, JournalJson.Default.JournalLine);

    /// <summary>
    /// Puts these changes in the place of all. A file of its own first, then its name is exchanged: a kill leaves the one or the other,
    /// whole.
    /// </summary>
    /// <param name="lines">What the journal is to say from now on.</param>
    /// <param name="compactedTo">Up to which change numbers may be missing.</param>
    public void Rewrite(IEnumerable<JournalLine> lines, long compactedTo)
    {
        Identity = Identity with { CompactedTo = compactedTo };
        if (path is null)
            return;

        var rewritten = $"{path}.new";
        using (var target = new FileStream(rewritten, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            target.Write(ToBytes(Identity, JournalJson.Default.TenantIdentity));
            foreach (var line in lines) target.Write(ToBytes(line, JournalJson.Default.JournalLine));
            target.Flush(flushToDisk: true);
        }

        file!.Dispose();
        File.Move(rewritten, path, overwrite: true);
        file = Open(path);
        file.Position = file.Length;
    }

    /// <summary>Lets go of the replayed lines once they have been applied.</summary>
    public void Forget() => Replayed = [];

    public void Dispose()
    {
        file?.Dispose();
        guard?.Dispose();
    }

    private void Load(FileStream opened)
    {
        var lines = ReadWholeLines(opened, out var end);
        BytesCut = opened.Length - end;
        opened.SetLength(end);
        opened.Position = end;

        if (lines is not [var header, .. var changes])
        {
            Append(Identity, JournalJson.Default.TenantIdentity);
            return;
        }

        Identity = Parse(header, 1, JournalJson.Default.TenantIdentity);
        Replayed = [.. ParseChanges(changes)];
    }

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);

    private IEnumerable<JournalLine> ParseChanges(IEnumerable<byte[]> lines)
    {
        var (usn, number) = (0L, 1L);
        foreach (var bytes in lines)
        {
            var line = Parse(bytes, ++number, JournalJson.Default.JournalLine);
            var isGap = line.Usn > usn + 1 && line.Usn > Identity.CompactedTo + 1;
            if (line.Usn <= usn || isGap)
                throw new InvalidDataException($"The sandbox tenant's journal has change {line.Usn} where change {usn + 1} belongs.");

            usn = line.Usn;
            yield return line;
        }
    }

    private static T Parse<T>(byte[] bytes, long number, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            // Without the parser's exception: its text would quote the line, and the first line holds the secret.
            throw new InvalidDataException($"Line {number} of the sandbox tenant's journal is damaged.");
        }
    }

    private static List<byte[]> ReadWholeLines(FileStream file, out long end)
    {
        var content = new byte[file.Length];
        file.ReadExactly(content);

        List<byte[]> lines = [];
        var start = 0;
        while (Array.IndexOf(content, (byte)'\n', start) is >= 0 and var newline)
        {
            lines.Add(content[start..newline]);
            start = newline + 1;
        }

        end = start;
        return lines;
    }

    private void Append<T>(T line, JsonTypeInfo<T> type)
    {
        if (file is null)
            return;

        // One write, so that a line is whole or torn at its end, never mixed.
        file.Write(ToBytes(line, type));
        file.Flush();
    }

    private static byte[] ToBytes<T>(T line, JsonTypeInfo<T> type) => [.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n'];
}
