using System.Globalization;
using MimHybrid.Agent.Hosting;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Checks;

/// <summary>
/// Whether an agent runs on the data folder, and whether it can read what it is there for. That none runs is well; who looks for one wants
/// to know.
/// </summary>
internal sealed class AgentCheck() : QuickCheck("agent")
{
    public override IReadOnlyList<string> Needs => [DataFolderCheck.CheckName];

    protected override IEnumerable<Finding> Look(CheckContext context)
    {
        var folder = context.Options.Data;
        try
        {
            return [Judge(folder, context)];
        }
        catch (StoreException e)
        {
            return [Failed(
                $"cannot be seen: {e.Message.TrimEnd('.')}", $"let {CurrentAccount.Name} read the data folder and the files in it")];
        }
    }

    private Finding Judge(string folder, CheckContext context) => DataFolder.IsLocked(folder)
        ? LookAtRunning(folder, context)
        : Ok("does not run", "to start it: the scheduled task, the service, or mimhybrid run");

    /// <summary>
    /// The checks after this one ask with the settings of now; what the agent itself meets, with those of its start, it wrote down.
    /// </summary>
    private Finding LookAtRunning(string folder, CheckContext context)
    {
        if (context.Store is not { IsCurrent: true }) return Ok("runs (another version)");
        using var store = AgentReader.Open(folder);
        if (SilentLoops.Of(store.ReadHeartbeats(), context.Time.GetUtcNow()) is { } silence)
            return Failed(silence, SilentLoops.EndIt(store.ReadHolder()));
        var runs = $"runs ({store.ReadHolder()})";
        if (store.ReadDecision() is { Action: nameof(Decision.Hold), Reason: var held })
            return Warning($"{runs}, and holds: {held.TrimEnd('.')}", "mimhybrid status names who is concerned, and the ways out");
        if (store.ReadPollHealth() is { FailingSince: { } since, Error: { } error })
            return Warning(
                $"{runs}, and could read no guest changes since "
                    + $"{since.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC: {error.TrimEnd('.')}",
                "it tries again by itself; settings that were corrected meanwhile are in force once it is started again");
        return store.ReadBaseline() is { } reading && store.ReadCursorTime() is null
            ? Ok(string.Create(
                CultureInfo.InvariantCulture, $"{runs}; the tenant is being read for the first time, {reading.Users} users so far"))
            : Ok(runs);
    }
}
