namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>Who may do what on that server.</summary>
internal sealed partial class WindowsWorld
{
    public Dictionary<string, AccessList> AccessLists { get; } = [];

    /// <summary>How Windows writes a right of a path when it is read: as it was set, or in another form that means the same, or with what somebody added.</summary>
    public Func<string, string, IEnumerable<string>> Reads { get; set; } = (_, rule) => [rule];

    /// <summary>Whose rights the scripts have asked for.</summary>
    public HashSet<string> Judged { get; } = [];

    public AccessList AccessListOf(string path)
    {
        if (!Path.Exists(path)) throw new FileNotFoundException(path);
        return AccessLists.TryGetValue(path, out var list) ? list : AccessLists[path] = new AccessList();
    }

    /// <summary>The rights of a path as they are now: own rights go with a folder that is moved, which only the program's are, and a new one of its name has none.</summary>
    public AccessList RightsOf(string path) => (AccessListOf(path), HasOwnRights(path)) switch
    {
        ({ Protected: true }, false) => new AccessList(),
        ({ Protected: false, IsOwn: false }, true) when AccessLists.TryGetValue(ProgramFolder, out var moved) && moved.Protected => moved,
        var (list, _) => list,
    };

    /// <summary>Whether a path is of the server, and not of the temporary folder of whoever runs a script.</summary>
    public bool Has(string path) => path.StartsWith(root, StringComparison.Ordinal);

    /// <summary>A data folder as an uninstallation leaves it.</summary>
    public void HasKeptData()
    {
        Directory.CreateDirectory(DataFolder);
        File.WriteAllText(Path.Combine(DataFolder, "agent.db"), "# version 1.0\n");
        Restore(DataFolder, Closed());
    }

    /// <summary>Rights that only administrators have.</summary>
    public static AccessList Closed() => new() { Protected = true, Rules = ["S-1-5-18:2032127:3:Allow", "S-1-5-32-544:2032127:3:Allow"] };

    public void Restore(string path, AccessList list)
    {
        AccessLists[path] = list;
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        if (Directory.Exists(path)) File.SetUnixFileMode(path, list.Protected ? mode | UnixFileMode.StickyBit : mode & ~UnixFileMode.StickyBit);
        else File.SetUnixFileMode(path, list.Protected ? mode & ~others : mode | others);
    }

    /// <summary>The folder above the program as Windows Server makes those of a drive: Users may make folders in it, and in these folders and files.</summary>
    public void IsOnAnotherDrive() => AccessListOf(Path.GetDirectoryName(ProgramFolder)!).Rules.AddRange([$"{Users}:4:1:Allow", $"{Users}:2:1:Allow:2"]);

    /// <summary>That a file or folder has rights of its own is kept where the file system keeps it through a move.</summary>
    private static bool HasOwnRights(string path)
    {
        if (OperatingSystem.IsWindows()) return true;
        var mode = File.GetUnixFileMode(path);
        return Directory.Exists(path) ? mode.HasFlag(UnixFileMode.StickyBit) : !mode.HasFlag(UnixFileMode.OtherRead);
    }
}
