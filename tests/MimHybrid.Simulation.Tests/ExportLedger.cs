using System.Globalization;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// What the sync server itself did, whatever the agent wrote down of it: what it exported and has not seen again, and which runs carried so
/// many deletions that somebody had to approve them.
/// </summary>
/// <param name="mass">From how many deletions on somebody has to approve.</param>
internal sealed class ExportLedger(int mass)
{
    private int deleted;
    private bool imported;

    /// <summary>Called before each run, when all that the agent has to know of earlier ones is known.</summary>
    public Action<string> BeforeRun { get; set; } = _ => { };

    /// <summary>Called before a run that carries so many deletions, with its management agent; throws if it is not to begin.</summary>
    public Action<string> BeforeMassRun { get; set; } = _ => { };

    /// <summary>Called after it, before its caller knows.</summary>
    public Action<string> AfterMassRun { get; set; } = _ => { };

    /// <summary>Something was exported to the directory, and no import has looked there since.</summary>
    public bool AwaitsImport { get; private set; }

    /// <summary>Deletions in the directory that no synchronization has taken up again.</summary>
    public long UnconfirmedDeletes { get; private set; }

    /// <summary>Deletions in the directory, of all runs that carried so many.</summary>
    public long MassDeletes { get; private set; }

    /// <summary>The management agents of the runs that carried so many deletions: AADMA's synchronizations and ADMA's exports.</summary>
    public List<string> MassRuns { get; } = [];

    public void Watch(SandboxDirectory directory) => directory.AccountChanged += (_, change) =>
    {
        AwaitsImport = true;
        if (change.Kind == DirectoryChangeKind.Deleted) deleted++;
    };

    public ICimConnection Over(ICimConnection mim) => new Door(mim, this);

    private async Task<string> RunAsync(ICimConnection mim, CimTarget target, string profile, Func<Task<string>> run)
    {
        var managementAgent = target.KeyValue;
        BeforeRun($"{managementAgent} {profile}");
        var isMass = (managementAgent, profile) switch
        {
            ("AADMA", "Delta Synchronization") => await CountAsync(mim, target, "NumImportDelete") >= mass,
            ("ADMA", "Export") => await CountAsync(mim, target, "NumExportDelete") >= mass,
            _ => false,
        };
        if (isMass) BeforeMassRun(managementAgent);
        deleted = 0;
        var word = await run();
        if (managementAgent == "ADMA") WriteDown(profile);
        if (!isMass) return word;

        MassRuns.Add(managementAgent);
        MassDeletes += deleted;
        AfterMassRun(managementAgent);
        return word;
    }

    private void WriteDown(string profile)
    {
        if (profile == "Export") (UnconfirmedDeletes, imported) = (UnconfirmedDeletes + deleted, false);
        else if (profile.EndsWith("Import (Stage Only)", StringComparison.Ordinal)) (imported, AwaitsImport) = (true, false);
        else if (imported) UnconfirmedDeletes = 0;
    }

    private static async Task<int> CountAsync(ICimConnection mim, CimTarget target, string method) =>
        int.Parse(await mim.InvokeAsync(target, method, [], CancellationToken.None), CultureInfo.InvariantCulture);

    private sealed class Door(ICimConnection mim, ExportLedger ledger) : DoorOver(mim)
    {
        public override Task<string> InvokeAsync(
            CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
        {
            Task<string> InvokeAsync() => base.InvokeAsync(target, method, arguments, cancellationToken);
            return method == "Execute" ? ledger.RunAsync(this, target, arguments[0].Value, InvokeAsync) : InvokeAsync();
        }
    }
}
