using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>The outbound half of a synchronization: what the target is to hold for a metaverse object, as pending exports.</summary>
internal sealed class Provisioning(ConnectorSpace target, Tally outbound)
{
    // Names are looked up over the whole space, so only where the first account needs one.
    private readonly Lazy<AccountNaming> naming = new(() => new AccountNaming(target));

    /// <summary>Provisions the account, or lets the attributes flow to it.</summary>
    public void Flow(MetaverseObject guest)
    {
        if (guest.TargetId is not { } id)
        {
            Provision(guest);
            return;
        }

        var account = target[id];
        var desired = guest.Attributes with { SamAccountName = LogonName(account) };
        var isUnborn = account.PendingExport?.Kind == Modification.Add;
        if (!isUnborn && desired == account.Believed)
            account.PendingExport = null;
        if (desired == (account.PendingExport?.Image ?? account.Believed))
        {
            outbound.Count(CounterNames.ConnectorNoFlow);
            return;
        }

        account.PendingExport = new PendingChange(isUnborn ? Modification.Add : Modification.Update, desired);
        outbound.Count(CounterNames.ConnectorFlow);
    }

    /// <summary>The guest has left the metaverse: its account is to be deleted.</summary>
    public void Deprovision(MetaverseObject guest)
    {
        if (guest.TargetId is not { } id)
            return;

        outbound.Count(CounterNames.ProvisionedDisconnect);
        var account = target[id];
        account.MetaverseId = null;
        account.ExportFailure = null;
        if (account.Anchor is null)
            target.Remove(account); // never exported, so there is nothing to delete
        else
            account.PendingExport = new PendingChange(Modification.Delete, null);
    }

    private void Provision(MetaverseObject guest)
    {
        var desired = guest.Attributes with { SamAccountName = naming.Value.NewLogonName(guest.Attributes) };
        var account = new ConnectorSpaceObject
        {
            Id = Guid.NewGuid(),
            Dn = naming.Value.NewDn(guest.Attributes),
            MetaverseId = guest.Id,
            PendingExport = new PendingChange(Modification.Add, desired),
        };
        target.Add(account);
        guest.TargetId = account.Id;
        outbound.Count(CounterNames.ProvisionedAddFlow);
    }

    /// <summary>A logon name is given once; the directory's own value wins, as an administrator may have changed it.</summary>
    private static string? LogonName(ConnectorSpaceObject account) =>
        account.Believed?.SamAccountName ?? account.PendingExport?.Image?.SamAccountName;
}
