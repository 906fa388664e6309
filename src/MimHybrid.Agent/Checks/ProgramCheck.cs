using MimHybrid.Agent.Tasks;
using MimHybrid.Graph;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// Which program this is, as whom it looks, and on Windows whether somebody else could put another in its place: it runs with the agent's
/// rights.
/// </summary>
internal sealed class ProgramCheck() : QuickCheck("program")
{
    protected override IEnumerable<Finding> Look(CheckContext context) =>
    [
        Ok($"MimHybrid {Product.Version} as {CurrentAccount.Name} on {Environment.MachineName}"),
        .. OperatingSystem.IsWindows() ? Judge([.. FolderRights.UpFrom(AppContext.BaseDirectory)], Schtasks.NameOf) : [],
    ];

    private IEnumerable<Finding> Judge(IReadOnlyList<FolderRights> folders, Func<string, string?> nameOf) =>
        Judge(folders, folders.TakeWhile(folder => folder.Path != ProgramFolder.Path).Count() + 1, nameOf);

    /// <param name="folders">Those of the assemblies and of the executable, and those above them.</param>
    /// <param name="own">How many of them are the program's.</param>
    /// <param name="nameOf">The name of an account by its SID.</param>
    internal IEnumerable<Finding> Judge(IReadOnlyList<FolderRights> folders, int own, Func<string, string?> nameOf)
    {
        string Names(IEnumerable<string> sids) => string.Join(", ", sids.Select(sid => nameOf(sid) ?? sid));
        foreach (var program in folders.Take(own).Where(folder => folder.Changers.Count > 0))
            yield return Warning($"{Names(program.Changers)} may change what is in {program.Path}, which runs with the agent's rights",
                $"let only administrators: icacls \"{program.Path}\" /inheritance:r /grant:r \"*S-1-5-18:(OI)(CI)F\" "
                    + $"\"*S-1-5-32-544:(OI)(CI)F\" \"*S-1-5-32-545:(OI)(CI)RX\"");

        var above = folders.Skip(own).Where(folder => folder.Replacers.Count > 0).ToList();
        if (above.Count > 0)
            yield return Warning(
                "another program can be put in the place of this one: "
                    + string.Join(
                        " and ", above.Select(folder => $"{Names(folder.Replacers)} may rename or delete what is in {folder.Path}")),
                // Command Prompt would take "D:\" for a quote that is not closed
                "trust them as you trust administrators, or take that right: icacls "
                    + $"{(above[0].IsDrive ? above[0].Path : $"\"{above[0].Path}\"")} shows it");
    }
}
