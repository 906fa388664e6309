using MimHybrid.Agent.Tasks;
using MimHybrid.Graph;

namespace MimHybrid.Agent.Checks;

/// <summary>Which program this is, as whom it looks, and on Windows whether somebody else could put another in its place: it runs with the agent's rights.</summary>
internal sealed class ProgramCheck() : QuickCheck("program")
{
    protected override IEnumerable<Finding> Look(Examined examined) =>
    [
        Ok($"MimHybrid {Product.Version} as {Caller.Name} on {Environment.MachineName}"),
        .. OperatingSystem.IsWindows() ? Judge(FolderRights.UpFrom(AppContext.BaseDirectory), Schtasks.NameOf) : [],
    ];

    /// <param name="folders">The program's, and those above it.</param>
    internal IEnumerable<Finding> Judge(IEnumerable<FolderRights> folders, Func<string, string?> nameOf)
    {
        var isProgram = true;
        foreach (var folder in folders)
        {
            var who = string.Join(", ", (isProgram ? folder.Changers : folder.Replacers).Select(sid => nameOf(sid) ?? sid));
            if (who.Length > 0 && isProgram)
                yield return Warning($"{who} may change what is in {folder.Path}, which runs with the agent's rights", $"let only administrators: icacls \"{folder.Path}\" /inheritance:r /grant:r \"*S-1-5-18:(OI)(CI)F\" \"*S-1-5-32-544:(OI)(CI)F\" \"*S-1-5-32-545:(OI)(CI)RX\"");
            else if (who.Length > 0)
                yield return Warning($"{who} may rename or delete what is in {folder.Path}, and so put another program in the place of this one", $"trust them as you trust administrators, or take that right: icacls \"{folder.Path}\" shows it");
            isProgram = false;
        }
    }
}
