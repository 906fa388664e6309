using System.Management.Automation;
using System.Text;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>Which names a file has.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "FileSystemStandIn")]
public sealed class FileSystemStandIn : ProgramStandIn
{
    protected override int Run()
    {
        if (Argument is not ["hardlink", "list", var path]) throw new NotSupportedException($"Invalid parameter \"{string.Join(' ', Argument)}\"");
        WriteObject(path);
        if (World.SecondNames.TryGetValue(path, out var other)) WriteObject(other);
        return 0;
    }
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

        return World.SeceditCode;
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
                case ["managedaccount", _, "true"]: service.IsManaged = true; break;
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
