namespace MimHybrid.Chaos;

/// <summary>
/// The folder in which the agent has its store: a small file system of its own where this account may mount one, so that it can be full, or
/// read-only, without anybody else noticing.
/// </summary>
internal sealed class Volume
{
    /// <summary>Some hundred times what a store takes here, so that it is full only when it is made so.</summary>
    private const string Size = "64m";

    private Volume(string path, string? whyNotOwn) => (Path, WhyNotOwn) = (path, whyNotOwn);

    public string Path { get; }

    /// <summary>Why it is a folder like any other; null where it is a file system of its own.</summary>
    public string? WhyNotOwn { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static async Task<Volume> CreateAsync(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsLinux()) return new Volume(path, "A file system in memory is mounted on Linux only.");
        if (Environment.UserName != "root") return new Volume(path, "Only root may mount a file system.");
        var (code, said) = await Child.RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size}", "mimhybrid-chaos", path);
        return new Volume(path, code == 0 ? null : $"mount says: {said}");
    }

    /// <summary>Takes all the room but this much.</summary>
    public void Fill(long leaving)
    {
        var room = new DriveInfo(Path).AvailableFreeSpace - leaving;
        using var filler = new FileStream(Filler, FileMode.Append, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (; room >= block.Length; room -= block.Length) filler.Write(block);
            filler.Flush();
        }
        catch (IOException)
        {
            // somebody else took the last of it
        }
    }

    public void MakeRoom() => File.Delete(Filler);

    public Task MakeReadOnlyAsync() => RemountAsync("ro");

    public Task MakeWritableAsync() => RemountAsync("rw");

    public async Task UnmountAsync()
    {
        if (WhyNotOwn is null) await Child.RunAsync("umount", "--lazy", Path);
    }

    private async Task RemountAsync(string how)
    {
        var (code, said) = await Child.RunAsync("mount", "-o", $"remount,{how}", Path);
        if (code != 0) throw new InvalidOperationException($"mount -o remount,{how} {Path}: {said}");
    }
}
