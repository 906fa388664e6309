using MimHybrid.Agent.Hosting;
using MimHybrid.Store;
using MimHybrid.Store.Faults;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the store opens, and what its version means. It is looked at, never migrated: an older agent may run on it.</summary>
internal sealed class StoreCheck() : QuickCheck(CheckName)
{
    public const string CheckName = "store";

    public override IReadOnlyList<string> Needs => [DataFolderCheck.CheckName];

    protected override IEnumerable<Finding> Look(CheckContext context)
    {
        var folder = context.Options.Data;
        try
        {
            return [context.Store is { } state ? Judge(state, context) : Missing(folder)];
        }
        catch (StoreException e)
        {
            return [Failed(e.Message.TrimEnd('.'), $"let {CurrentAccount.Name} modify the data folder and the files in it")];
        }
    }

    private Finding Missing(string folder) => AgentReader.HadStore(folder)
        ? Failed(
            "the folder had a store, and it is gone",
            "restore agent.db from a backup; without one, the next start reads the tenant again as a whole, and forgets the run log")
        : Ok("none yet: the first start makes it and reads the tenant as a whole");

    private Finding Judge(StoreState found, CheckContext context) => found switch
    {
        { Damage: { } damage } => Failed(
            $"the store cannot be used: {damage}",
            "restore agent.db from a backup, or start the agent: it puts the "
                + "file aside, saves what can be read, and reads the tenant again"),
        { NotWritable: { } why } => Failed(why.TrimEnd('.'), "then look again: mimhybrid check"),
        { IsCurrent: true } state => OfWhom(context) ?? Ok($"version {state.Version}, intact"),
        { } state when state.Version > state.KnownVersion => Failed(
            $"a newer MimHybrid wrote it (version {state.Version}, this program knows {state.KnownVersion})", "update MimHybrid"),
        { } state => Ok(
            $"version {state.Version}, intact; the next start of this program brings it to {state.KnownVersion}, "
                + "after which an older one cannot open it",
            "copy the folder first, while no agent runs"),
    };

    /// <summary>A sandbox and a real tenant never share a folder.</summary>
    private Finding? OfWhom(CheckContext context)
    {
        using var store = AgentReader.Open(context.Options.Data);
        return context.Settings is { } settings && !DataFolder.Fits(store.ReadClaim(), settings)
            ? Failed(
                settings.SandboxTenant
                    ? "it holds the guests of a real tenant, and the settings say sandbox"
                    : "it holds the guests of the sandbox, and the settings say a real tenant",
                "name a folder of its own with --data")
            : null;
    }
}
