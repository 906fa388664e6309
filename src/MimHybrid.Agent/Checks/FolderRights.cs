using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using System.Text.RegularExpressions;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// Who may do what to a folder, as its access list says, its owner included. What counts as what is as in
/// scripts/MimHybrid/Protection.ps1, which judges the archive before anything of it may run; a test holds the two together.
/// </summary>
internal sealed partial record FolderRights(string Path, IReadOnlyList<FolderRights.Held> All, bool IsDrive = false)
{
    /// <summary>
    /// By the names of <see cref="FileSystemRights"/>, which only Windows has: WriteData, AppendData, DeleteSubdirectoriesAndFiles,
    /// WriteAttributes (which makes an empty folder a link), Delete, ChangePermissions, TakeOwnership; GENERIC_ALL, GENERIC_WRITE.
    /// </summary>
    private const int Changing = 0x500D0146;
    private const int Replacing = 0x100D0040;
    private const int Deleting = 0x10000;
    private const int Taking = 0x80000;

    /// <summary>A right; one with <paramref name="OnlyInside"/> holds for what is in the folder, and not for the folder.</summary>
    internal sealed record Held(string Sid, int Mask, bool OnlyInside = false);

    /// <summary>The accounts beside administrators that may change what is in the folder.</summary>
    public IReadOnlyList<string> Changers => Others(right => (right.Mask & Changing) != 0);

    /// <summary>Those that may rename or delete it or what is in it; a whole drive cannot be deleted.</summary>
    public IReadOnlyList<string> Replacers =>
        Others(right => !right.OnlyInside && (right.Mask & (IsDrive ? Replacing & ~Deleting : Replacing)) != 0);

    /// <summary>A folder and those above it, as far as this account may look.</summary>
    [SupportedOSPlatform("windows")]
    public static IEnumerable<FolderRights> UpFrom(string folder)
    {
        for (var at = new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(folder)); at is not null; at = at.Parent)
            yield return new(at.FullName, Read(at), at.Parent is null);
    }

    [SupportedOSPlatform("windows")]
    private static IReadOnlyList<Held> Read(DirectoryInfo folder)
    {
        try
        {
            var list = folder.GetAccessControl(AccessControlSections.Access | AccessControlSections.Owner);
            var rules = list.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
                .Cast<FileSystemAccessRule>();
            return
            [
                .. list.GetOwner(typeof(SecurityIdentifier)) is { } owner ? [new Held(owner.Value, Taking)] : Array.Empty<Held>(),
                .. rules.Where(rule => rule.AccessControlType == AccessControlType.Allow)
                    .Select(rule => new Held(rule.IdentityReference.Value, (int)rule.FileSystemRights,
                        rule.PropagationFlags.HasFlag(PropagationFlags.InheritOnly))),
            ];
        }
        catch (SystemException)
        {
            // Not to be looked at by this account, or not there any more.
            return [];
        }
    }

    private List<string> Others(Func<Held, bool> may) =>
        [.. All.Where(may).Select(right => right.Sid).Where(sid => !Trusted().IsMatch(sid)).Distinct()];

    /// <summary>The system, administrators, Windows' installer, and the owner's rights, which count for the owner.</summary>
    [GeneratedRegex(@"^S-1-(5-18|5-32-544|5-80-956008885-3418522649-1831038044-1853292631-2271478464|3-0|3-4)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Trusted();
}
