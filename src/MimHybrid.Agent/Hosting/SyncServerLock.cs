using MimHybrid.Agent.Settings;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// One agent at a time for one sync server, whatever data folder it has: two would run their cycles into each other. Held on this
/// machine as long as the agent runs; a second machine that drives the same server is only kept apart run by run, by MimHybrid.Mim.
/// </summary>
internal static class SyncServerLock
{
    /// <summary>Takes hold of the sync server of the settings. Null when another agent has it. One in the agent needs no hold.</summary>
    public static (bool Taken, IDisposable? Hold) TryTake(LoadedSettings settings)
    {
        if (settings.SyncServerWithin) return (true, null);
        var hold = ExclusiveFile.TryOpen(PathFor(settings.SyncServerPipe ?? settings.SyncServer.ComputerName));
        return (hold is not null, hold);
    }

    /// <summary>
    /// A place that all agents of this machine share: the common data folder on Windows, the temporary folder of a development machine.
    /// </summary>
    private static string PathFor(string? server)
    {
        var root = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData)
            : Path.GetTempPath();
        var name = string.IsNullOrEmpty(server)
            ? "this-server"
            : string.Join('_', server.ToLowerInvariant().Split(Path.GetInvalidFileNameChars()));
        return Path.Combine(root, "MimHybrid", $"sync-server-{name}.lock");
    }
}
