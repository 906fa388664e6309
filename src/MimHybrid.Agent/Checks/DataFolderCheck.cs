namespace MimHybrid.Agent.Checks;

/// <summary>Whether the data folder is there and this account may write in it.</summary>
internal sealed class DataFolderCheck() : QuickCheck(CheckName)
{
    public const string CheckName = "data-folder";

    protected override IEnumerable<Finding> Look(CheckContext context)
    {
        var folder = context.Options.Data;
        if (WhyNotVisible(folder) is { } hidden)
        {
            yield return Failed(
                $"{CurrentAccount.Name} may not look at {folder} ({hidden.TrimEnd('.')})",
                "open PowerShell as administrator, or join the operators group");
        }
        else if (File.Exists(folder))
        {
            yield return Failed($"{folder} is a file", "name a folder with --data");
        }
        else if (!Directory.Exists(folder) && context.Options.Sandbox)
        {
            yield return Ok($"{folder} is not there; the sandbox makes it");
        }
        else if (!Directory.Exists(folder))
        {
            yield return Warning($"{folder} is not there yet",
                "the agent makes it at its first start if its account may; else make it and let the account modify it");
        }
        else if (WhyNotWritable(folder) is { } reason)
        {
            yield return Failed($"{CurrentAccount.Name} may not write in {folder} ({reason.TrimEnd('.')})",
                $"let it modify the folder: icacls \"{folder}\" /grant \"{CurrentAccount.Name}:(OI)(CI)M\"");
        }
        else
        {
            yield return Ok($"{CurrentAccount.Name} may write in {folder}");
        }
    }

    /// <summary>Directory.Exists says no where one may not look; null where it can be told whether there is one.</summary>
    private static string? WhyNotVisible(string folder)
    {
        try
        {
            _ = File.GetAttributes(folder);
            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static string? WhyNotWritable(string folder)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(folder, $"check-{Guid.NewGuid():N}.tmp"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
