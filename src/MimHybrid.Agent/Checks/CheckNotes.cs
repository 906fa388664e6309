using System.Text.Json;
using MimHybrid.Agent.Json;
using MimHybrid.Page;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// What <c>check</c> found last, in a file beside the store, for the page. Not in the store: what is checked may be the store itself, or
/// there may be none yet; and a check must change nothing that the agent works with.
/// </summary>
internal static class CheckNotes
{
    private const string FileName = "check.json";

    /// <summary>Whoever may not write to the data folder checks all the same, and leaves no note.</summary>
    public static void TryWrite(string dataFolder, IReadOnlyList<Finding> findings, DateTimeOffset at)
    {
        var note = new CheckNote(
            at, CurrentAccount.Name, [.. findings.Select(each => new CheckFinding(each.Word, each.Name, each.Saw, each.Todo))]);
        try
        {
            if (!AgentReader.Exists(dataFolder)) return; // no agent has run there: the folder may be a mistyped one
            AtomicFile.Write(Path.Combine(dataFolder, FileName), [JsonLine.Of(note, AgentJson.Lines.CheckNote)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            // The page then shows what the last check found that could leave a note, with its date.
        }
    }

    /// <summary>Null where there is none, or none that can be read.</summary>
    public static CheckNote? Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(dataFolder, FileName)), AgentJson.Lines.CheckNote);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
