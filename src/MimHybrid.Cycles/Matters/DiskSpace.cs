using System.Globalization;

namespace MimHybrid.Cycles.Matters;

/// <summary>How much room the disk of the data folder needs, for <c>check</c> as for what is open.</summary>
public static class DiskSpace
{
    private const long Megabyte = 1024 * 1024;

    public const long Enough = 1024 * Megabyte;

    public const long Least = 50 * Megabyte;

    /// <summary>Bytes that this account may still use; null when nobody knows.</summary>
    public static long? FreeIn(string folder)
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

    public static string Words(long bytes) => bytes >= Enough
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Enough:0.0} GB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte} MB");

    private static string Existing(string folder) =>
        Directory.Exists(folder) || Path.GetDirectoryName(folder) is not { } parent ? folder : Existing(parent);
}
