using MimHybrid.Release;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>What an administrator has after unzipping: the real scripts, and a shell script that answers as mimhybrid.exe does by contract.</summary>
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
        WriteAgent(world, version);
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

    private void WriteAgent(WindowsWorld world, string version)
    {
        var agent = Path.Combine(Root, "mimhybrid.exe");
        File.WriteAllText(agent, $$"""
            #!/bin/sh
            # version {{version}}
            state='{{world.StateFolder}}'
            echo "$*" >> "$state/asked"
            answer() { if [ -f "$state/$1-{{version}}" ]; then cat "$state/$1-{{version}}"; elif [ -f "$state/$1" ]; then cat "$state/$1"; else echo 0; fi; }
            case "$1" in
              check)
                code=$(answer check)
                left=$(answer check-failures)
                if [ "$left" -gt 0 ]; then code=4; echo $((left - 1)) > "$state/check-failures"; fi
                echo "ok  settings  all well"
                if [ "$code" != 0 ]; then echo "failed  sign-in  AADSTS700027; upload the certificate" >&2; fi
                exit "$code" ;;
              stop)
                code=$(answer stop)
                if [ "$code" = 0 ]; then rm -f "$state/running"; fi
                exit "$code" ;;
              task)
                code=$(answer show)
                while [ $# -gt 0 ]; do
                  case "$1" in --output) output=$2 ;; --account) account=$2 ;; --logon) logon=$2 ;; --delay) delay=$2 ;; esac
                  shift
                done
                printf '<Task account="%s" logon="%s" delay="%s" />' "$account" "$logon" "$delay" > "$output"
                exit "$code" ;;
              *) exit 2 ;;
            esac

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(agent, (UnixFileMode)0b111_101_101);
    }
}
