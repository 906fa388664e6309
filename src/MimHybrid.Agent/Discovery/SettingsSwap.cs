using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Discovery;

/// <summary>
/// Puts a changed settings file in the place of the old one: only if it has no error that the old one had not, whole or not at all, with
/// the old one beside it, and open to nobody to whom the old one was not, since it may hold a client secret.
/// </summary>
internal static class SettingsSwap
{
    /// <returns>Where the old file is kept; null where the new one would have errors, which are told by then.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This account may not.</exception>
    public static string? Replace(string path, byte[] changed, CommonValues options, DateTimeOffset now, Action<string> tell)
    {
        var part = path + AtomicFile.Unfinished;
        try
        {
            using (var file = CreateLike(part, path))
            {
                file.Write(changed);
                file.Flush(flushToDisk: true);
            }

            if (NewErrors(part, path, options) is { Count: > 0 } errors)
            {
                foreach (var error in errors) tell(error);
                return null;
            }

            var copy = $"{path}.before-{now.ToLocalTime():yyyyMMdd-HHmmss}";
            File.Replace(part, path, copy); // the new file gets the old one's rights, and the copy is the old one
            return copy;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static List<string> NewErrors(string changed, string path, CommonValues options)
    {
        var old = ErrorsOf(path, options);
        return [.. ErrorsOf(changed, options).Where(error => !old.Contains(error))];
    }

    private static IReadOnlyList<string> ErrorsOf(string path, CommonValues options)
    {
        try
        {
            var named = options with { Config = path };
            return SettingsLoader.Bind(SettingsLayers.Read(named), named).Errors;
        }
        catch (SettingsException e)
        {
            return e.Errors;
        }
    }

    private static FileStream CreateLike(string part, string path)
    {
        if (!OperatingSystem.IsWindows())
            return new FileStream(part, new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
                UnixCreateMode = File.GetUnixFileMode(path),
            });

        var rights = new FileInfo(path).GetAccessControl();
        return new FileInfo(part).Create(
            FileMode.Create, System.Security.AccessControl.FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, rights);
    }
}
