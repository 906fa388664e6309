using System.Collections.Concurrent;
using System.Text.Json;
using MimHybrid.Sandbox.SyncServer.Runs;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>
/// The objects that runs could not export, each run's in a file of its own: a run may have 200,000 of them, and the history is written
/// anew with each run. They are written and read one by one, so that their number costs no memory.
/// </summary>
/// <param name="folder">Where the files are; null, or a folder that cannot be written, keeps the errors in memory.</param>
internal sealed class ErrorShelf(string? folder)
{
    private readonly ConcurrentDictionary<string, IEnumerable<ExportError>> inMemory = new(StringComparer.Ordinal);

    public void Put(SandboxRunRecord run, IEnumerable<ExportError> errors)
    {
        if (!errors.Any())
            return;
        if (folder is null || !TryWrite(FileOf(folder, run), errors))
            inMemory[NameOf(run)] = errors;
    }

    /// <summary>The run's errors in the order in which they occurred; none if the run has left the history meanwhile.</summary>
    public IEnumerable<ExportError> Read(SandboxRunRecord run)
    {
        if (inMemory.TryGetValue(NameOf(run), out var errors))
            return errors;
        return folder is not null && File.Exists(FileOf(folder, run)) ? ReadLines(FileOf(folder, run)) : [];
    }

    /// <summary>Drops the errors of all runs but these.</summary>
    public void KeepOnly(IEnumerable<SandboxRunRecord> runs)
    {
        var kept = runs.Select(NameOf).ToHashSet(StringComparer.Ordinal);
        foreach (var name in inMemory.Keys.Where(name => !kept.Contains(name)))
            inMemory.TryRemove(name, out _);

        if (folder is null || !Directory.Exists(folder))
            return;
        foreach (var file in Directory.EnumerateFiles(folder).Where(file => !kept.Contains(Path.GetFileNameWithoutExtension(file))))
            TryDelete(file);
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody reads it: it goes when a later run leaves the history.
        }
    }

    private static IEnumerable<ExportError> ReadLines(string file) =>
        File.ReadLines(file).Select(line => JsonSerializer.Deserialize(line, StateJson.Default.ExportError)!);

    private static bool TryWrite(string file, IEnumerable<ExportError> errors)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllLines(file, errors.Select(error => JsonSerializer.Serialize(error, StateJson.Default.ExportError)));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // as with the state itself, the sandbox goes on in memory; the state's own save says so
        }
    }

    private static string NameOf(SandboxRunRecord run) => $"{run.AgentId:N}-{MimText.Number(run.RunNumber)}";

    private static string FileOf(string folder, SandboxRunRecord run) => Path.Combine(folder, NameOf(run) + ".jsonl");
}
