using System.Globalization;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// Free space where the data folder is. The store of a large tenant has some ten megabytes; a disk that fills up fills up for others.
/// </summary>
internal sealed class DiskCheck() : QuickCheck("disk")
{
    private const long Megabyte = 1024 * 1024;
    private const long Enough = 1024 * Megabyte;
    private const long Least = 50 * Megabyte;

    protected override IEnumerable<Finding> Look(CheckContext context) => [Judge(FreeSpace(context.Options.Data))];

    /// <param name="free">Bytes; null when nobody knows.</param>
    public Finding Judge(long? free) => free switch
    {
        null => Skipped("the free space cannot be seen", "look at it where the data folder really is"),
        < Least => Failed($"{Words(free.Value)} free", "make room: the agent stops its cycles when it cannot write"),
        < Enough => Warning($"{Words(free.Value)} free", "make room before it is used up"),
        _ => Ok($"{Words(free.Value)} free"),
    };

    private static long? FreeSpace(string folder)
    {
        try
        {
            // Windows wants a drive; elsewhere any path that is there will do.
            var place = OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : Existing(folder);
            var drive = new DriveInfo(place);
            return drive.TotalSize == 0 ? null : drive.AvailableFreeSpace; // some file systems are none
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private static string Existing(string folder) =>
        Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent ? folder : Existing(parent);

    private static string Words(long bytes) => bytes >= Enough
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Enough:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte} MB");
}
