using MimHybrid.Release;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>What an administrator has after unzipping: the real scripts, and a file in the place of mimhybrid.exe, which AgentStandIn plays.</summary>
internal sealed class UnzippedFolder
{
    private const string WindowsPart = "MimHybrid/Windows.ps1";

    public UnzippedFolder(WindowsWorld world, string version = "1.0")
    {
        Root = Path.Combine(Path.GetDirectoryName(world.StateFolder)!, "state", "unzipped-" + version);
        foreach (var file in ScriptFiles.All)
        {
            var target = Path.Combine(Root, "scripts", Path.GetRelativePath(ScriptFiles.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // The one file that only Windows can run: its functions are stand-ins here.
        File.WriteAllText(Path.Combine(Root, "scripts", WindowsPart), "");
        File.WriteAllText(Path.Combine(Root, "appsettings.json"), """{ "Graph": { "TenantId": "", "ClientId": "" }, "SyncServer": { "Connection": "Cim" } }""");
        File.WriteAllText(Path.Combine(Root, "LICENSE"), "a licence");
        File.WriteAllText(Path.Combine(Root, "mimhybrid.exe"), $"the agent, as AgentStandIn plays it\n# version {version}\n");
        Directory.CreateDirectory(Path.Combine(Root, "lib"));
        File.WriteAllText(Path.Combine(Root, "lib", "mimhybrid.dll"), $"what mimhybrid.exe starts, {version}");
        WriteChecksums();
    }

    public string Root { get; }

    public string Script(string name) => Path.Combine(Root, "scripts", name);

    /// <summary>As the release writes them.</summary>
    public void WriteChecksums()
    {
        var names = ShippedFile.Names(Root).Where(name => name != ChecksumList.Name);
        File.WriteAllText(Path.Combine(Root, ChecksumList.Name), ChecksumList.Write(names.Select(name => (name, Path.Combine(Root, name)))));
    }
}
