using System.Management.Automation;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MimHybrid.Scripts.Tests.StandIns;

[Cmdlet(VerbsLifecycle.Invoke, "IcaclsStandIn")]
public sealed partial class IcaclsStandIn : ProgramStandIn
{
    /// <summary>What a short word is as a mask of FileSystemRights.</summary>
    private static readonly Dictionary<string, int> Masks = new() { ["F"] = 2032127, ["M"] = 1245631, ["RX"] = 1179817, ["R"] = 1179785 };

    protected override int Run()
    {
        switch (Argument)
        {
            case [var path, "/save", var file]:
                var saved = new Dictionary<string, AccessList> { [Path.GetFileName(path)] = World.RightsOf(path) };
                File.WriteAllText(file, JsonSerializer.Serialize(saved), Encoding.Unicode);
                break;
            case [var folder, "/restore", var file]:
                foreach (var (name, list) in JsonSerializer.Deserialize<Dictionary<string, AccessList>>(File.ReadAllText(file, Encoding.Unicode))!)
                    World.Change($"icacls restore {name}", () => World.Restore(Path.Combine(folder, name), list));
                break;
            case [var path, "/inheritance:r", "/grant:r", .. var grants]:
                World.Change($"icacls grant {Path.GetFileName(path)}", () => Grant(path, grants));
                break;
            case [var path, "/setowner", ['*', .. var owner]]:
                World.Change($"icacls setowner {owner}", () => World.AccessListOf(path).Owner = owner);
                break;
            case [var path, "/remove", ['*', .. var sid]]:
                World.Change($"icacls remove {sid}", () => World.AccessListOf(path).Rules.RemoveAll(rule => rule.StartsWith(sid + ":", StringComparison.Ordinal)));
                break;
            default:
                throw new NotSupportedException($"Invalid parameter \"{string.Join(' ', Argument)}\"");
        }

        return 0;
    }

    private void Grant(string path, string[] grants)
    {
        var list = World.AccessListOf(path);
        list.Protected = true;
        foreach (var grant in grants)
        {
            var parts = Form().Match(grant);
            if (!parts.Success) throw new NotSupportedException($"Invalid parameter \"{grant}\"");
            list.Grant(parts.Groups["sid"].Value, $"{Masks[parts.Groups["mask"].Value]}:{(parts.Groups["inherit"].Success ? 3 : 0)}");
        }

        if (!File.Exists(path))
        {
            WindowsWorld.Mark(path, own: true);
            return;
        }

        // A file must be closed to others before anything is in it.
        if (Path.GetFileName(path) == "appsettings.json" && new FileInfo(path).Length > 0) throw new InvalidOperationException($"{path} was readable with its secret in it.");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [GeneratedRegex(@"^\*(?<sid>S-[\d-]+):(?<inherit>\(OI\)\(CI\))?(?<mask>F|M|RX?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

[Cmdlet(VerbsLifecycle.Invoke, "SeceditStandIn")]
public sealed class SeceditStandIn : ProgramStandIn
{
    protected override int Run()
    {
        var file = After("/cfg");
        World.WorkFolders.Add(Path.GetDirectoryName(file)!);
        if (After("/areas") != "USER_RIGHTS") throw new NotSupportedException("Only rights are played.");
        switch (Argument[0])
        {
            case "/export":
                string[] lines = ["[Unicode]", "Unicode=yes", "[Privilege Rights]", .. World.Rights.Select(right => $"{right.Key} = {string.Join(',', right.Value)}")];
                File.WriteAllLines(file, lines, Encoding.Unicode);
                break;
            case "/configure":
                Configure(file, After("/db"));
                break;
            default:
                throw new NotSupportedException(Argument[0]);
        }

        return 0;
    }

    private void Configure(string file, string database)
    {
        // secedit reads a template with Unicode=yes as UTF-16, and needs the signature line.
        var bytes = File.ReadAllBytes(file);
        var text = bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2) : throw new InvalidOperationException("The template is not UTF-16.");
        if (!text.Contains("signature=\"$CHICAGO$\"", StringComparison.Ordinal)) throw new InvalidOperationException("The template has no signature.");
        File.WriteAllText(database, "a database of secedit");
        foreach (var line in text.Split("[Privilege Rights]")[1].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (right, holders) = (line.Split('=')[0].Trim(), line.Split('=')[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            World.Change($"secedit {right}", () => World.Rights[right] = [.. holders]);
        }
    }
}

[Cmdlet(VerbsLifecycle.Invoke, "ServiceControlStandIn")]
public sealed class ServiceControlStandIn : ProgramStandIn
{
    protected override int Run()
    {
        var service = World.Services[Argument[1]];
        World.Change($"sc {string.Join(' ', Argument)}", () =>
        {
            switch (Argument)
            {
                case ["config", _, "obj=", var account]: service.Account = account; break;
                case ["config", _, "start=", var start]: service.Start = start; break;
                case ["failure", _, "reset=", var reset, "actions=", var actions]: service.Failure = $"{reset} {actions}"; break;
                case ["failureflag", _, var flag]: service.FailureFlag = flag == "1"; break;
                case ["delete", var name]: World.Services.Remove(name); break;
                default: throw new NotSupportedException($"[SC] unknown: {string.Join(' ', Argument)}");
            }
        });
        return 0;
    }
}
