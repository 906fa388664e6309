using MimHybrid.Core.Store;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether an agent runs on the data folder. Both are well; who looks for one wants to know.</summary>
internal sealed class AgentCheck() : QuickCheck("agent")
{
    public override IReadOnlyList<string> Needs => [DataFolderCheck.CheckName];

    protected override IEnumerable<Finding> Look(Examined examined)
    {
        var folder = examined.Options.Data;
        return [DataFolder.IsHeld(folder) ? Ok($"runs ({Holder(folder)})") : Ok("does not run", "to start it: the scheduled task, the service, or mimhybrid run")];
    }

    private static string Holder(string folder)
    {
        if (!AgentStore.Exists(folder) || !AgentStore.Inspect(folder).IsCurrent) return "another version";
        using var store = AgentStore.Open(folder);
        return $"{store.ReadHolder()}";
    }
}
