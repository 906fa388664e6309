using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>A server at the moment at which its power fails. What a script does after that moment has not happened when the power returns.</summary>
internal sealed class PowerCut
{
    private readonly List<(string Path, UnixFileMode Mode)> folders;
    private readonly List<(string Path, byte[] Content, UnixFileMode Mode)> files = [];
    private readonly List<Action> rest = [];
    private readonly WindowsWorld world;

    public PowerCut(WindowsWorld world)
    {
        this.world = world;
        folders = [.. Server(Directory.EnumerateDirectories).Select(path => (path, ModeOf(path)))];
        foreach (var path in Server(Directory.EnumerateFiles))
        {
            // Shared, because the script holds its journal.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            files.Add((path, content, ModeOf(path)));
        }

        List<X509Certificate2> certificates = [.. world.Certificates];
        rest.Add(() =>
        {
            world.Certificates.Clear();
            world.Certificates.AddRange(certificates);
        });
        Keep(world.Rights, holders => [.. holders]);
        Keep(world.Registry, values => new Dictionary<string, object>(values));
        Keep(world.Tasks, task => task with { Runs = false });
        Keep(world.Services, service => service with { });
        Keep(world.AccessLists, list => list with { Rules = [.. list.Rules] });
    }

    /// <summary>The server as it was, with what starts by itself.</summary>
    public void End()
    {
        foreach (var folder in Server(Directory.EnumerateDirectories).OrderByDescending(folder => folder.Length)) Directory.Delete(folder, recursive: true);
        foreach (var (path, mode) in folders)
        {
            Directory.CreateDirectory(path);
            SetMode(path, mode);
        }

        foreach (var (path, content, mode) in files)
        {
            File.WriteAllBytes(path, content);
            SetMode(path, mode);
        }

        foreach (var put in rest) put();
        world.StopAgent();
        var starts = world.Services.Values.Any(service => service.StartsWithWindows) || (world.Tasks.TryGetValue("MIM Hybrid Agent", out var task) && task.Enabled);
        if (starts && File.Exists(world.Executable)) world.StartAgent();
    }

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }

    private IEnumerable<string> Server(Func<string, string, SearchOption, IEnumerable<string>> list) =>
        new[] { Path.GetDirectoryName(world.ProgramFolder)!, Path.GetDirectoryName(world.DataFolder)!, world.KeyFolder }.SelectMany(folder => list(folder, "*", SearchOption.AllDirectories)).ToList();

    private void Keep<T>(Dictionary<string, T> all, Func<T, T> copy)
    {
        var kept = all.Select(pair => (pair.Key, Value: copy(pair.Value))).ToList();
        rest.Add(() =>
        {
            all.Clear();
            foreach (var (key, value) in kept) all.Add(key, value);
        });
    }
}
