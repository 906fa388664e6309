using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>Keeps the state in two files, each replaced whole, so that a reader never sees half of one.</summary>
internal sealed partial class StateFolder(string path, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly string serverFile = Path.Combine(path, "syncserver.json");
    private readonly string directoryFile = Path.Combine(path, "directory.json");
    private bool isFailing;

    /// <exception cref="InvalidDataException">The file is there and cannot be understood.</exception>
    public SyncServerDocument LoadServer()
    {
        FinishCutOffSave();
        return Load(serverFile, StateJson.Default.SyncServerDocument) ?? new SyncServerDocument();
    }

    /// <exception cref="InvalidDataException">The file is there and cannot be understood.</exception>
    public DirectoryDocument LoadDirectory()
    {
        FinishCutOffSave();
        var saved = Load(directoryFile, StateJson.Readable.DirectoryDocument) ?? new DirectoryDocument();
        var names = saved.Accounts.DistinctBy(account => account.DistinguishedName, StringComparer.OrdinalIgnoreCase).Count();
        var ids = saved.Accounts.DistinctBy(account => account.ObjectGuid).Count();
        return names == saved.Accounts.Count && ids == saved.Accounts.Count ? saved
            : throw new InvalidDataException($"{directoryFile} has an account twice. Each needs its own distinguishedName and objectGUID.");
    }

    /// <summary>
    /// Saves both files. One that cannot be written now (an editor holds it open, the disk is full) is written with the next run: the
    /// sandbox goes on in memory.
    /// </summary>
    public void Save(SyncServerState state, SandboxDirectory directory)
    {
        // Taking the state inside this lock keeps an older state from being written over a newer one.
        lock (gate)
        {
            try
            {
                Directory.CreateDirectory(path);
                // Both are written before either takes its place, the server's first: a server that remembers an export which the
                // directory has not had would never do it again, and by what is left a cut off save can be finished.
                File.WriteAllBytes(Prepared(serverFile), Serialize(state));
                File.WriteAllBytes(
                    Prepared(directoryFile),
                    JsonSerializer.SerializeToUtf8Bytes(directory.Snapshot(), StateJson.Readable.DirectoryDocument));
                foreach (var file in new[] { serverFile, directoryFile }) File.Move(Prepared(file), file, overwrite: true);
                Succeeded();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Failed(error);
            }
        }
    }

    /// <summary>
    /// A process may be killed between the two: then the directory's file alone is left prepared, and is whole. Where the server's is left
    /// as well, neither has taken its place, and both are as before.
    /// </summary>
    private void FinishCutOffSave()
    {
        if (File.Exists(Prepared(directoryFile)) && !File.Exists(Prepared(serverFile)))
            File.Move(Prepared(directoryFile), directoryFile, overwrite: true);
    }

    private static byte[] Serialize(SyncServerState state)
    {
        lock (state.Gate)
            return JsonSerializer.SerializeToUtf8Bytes(state.ToDocument(), StateJson.Default.SyncServerDocument);
    }

    private static T? Load<T>(string file, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), type);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // one that may not be read is there, and must not be begun anew
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                $"The sandbox cannot read {file}. Repair it, or delete the folder to begin again. {error.Message}", error);
        }
    }

    private static string Prepared(string file) => file + ".new";

    private void Failed(Exception error)
    {
        if (!isFailing)
            Log.SaveFailed(logger, error, path);
        isFailing = true;
    }

    private void Succeeded()
    {
        if (isFailing)
            Log.SaveRecovered(logger, path);
        isFailing = false;
    }

    private static partial class Log
    {
        [LoggerMessage(5110, LogLevel.Warning, "Sandbox: the state could not be saved in {Folder}; the sandbox goes on in memory.")]
        public static partial void SaveFailed(ILogger logger, Exception error, string folder);

        [LoggerMessage(5111, LogLevel.Information, "Sandbox: the state is saved in {Folder} again.")]
        public static partial void SaveRecovered(ILogger logger, string folder);
    }
}
