using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>The inbound half of a synchronization: filter, projection, attribute flow and disconnection, object by object.</summary>
internal sealed class Synchronization(ConnectorSpace space, Metaverse metaverse, Provisioning provisioning, Tally inbound)
{
    /// <summary>Works off the source's connector space: guests are projected, all others stay filtered disconnectors.</summary>
    public void RunOnSource(bool isFull) => Run(isFull, SynchronizeSourceObject, DisconnectFromSource);

    /// <summary>Works off the target's connector space: nothing flows in from there, but what is out of line flows out again.</summary>
    public void RunOnTarget(bool isFull) => Run(isFull, SynchronizeTargetObject, DisconnectFromTarget);

    /// <summary>A delta synchronization works on pending imports only, so it skips unchanged disconnectors.</summary>
    private void Run(bool isFull, Action<ConnectorSpaceObject> synchronize, Action<MetaverseObject> disconnect)
    {
        foreach (var current in space.Objects.Where(o => isFull || o.PendingImport is not null).ToArray())
        {
            if (current.PendingImport?.Kind == Modification.Delete)
            {
                space.Remove(current);
                if (current.MetaverseId is { } id)
                    disconnect(metaverse[id]);
                continue;
            }

            current.Hologram = current.PendingImport?.Image ?? current.Hologram;
            current.PendingImport = null;
            if (current.Hologram is not null)
                synchronize(current);
        }
    }

    private void SynchronizeSourceObject(ConnectorSpaceObject current)
    {
        current.IsFiltered = !IsGuest(current.Hologram!);
        var guest = current.MetaverseId is { } id ? metaverse[id] : null;
        if (current.IsFiltered)
            Filter(current, guest);
        else if (guest is null)
            Project(current);
        else
            FlowIn(current, guest);
    }

    private void Filter(ConnectorSpaceObject current, MetaverseObject? guest)
    {
        inbound.Count(guest is null ? CounterNames.DisconnectorFiltered : CounterNames.ConnectorFilteredRemove);
        current.MetaverseId = null;
        if (guest is not null)
            RemoveGuest(guest);
    }

    private void Project(ConnectorSpaceObject current)
    {
        inbound.Count(CounterNames.DisconnectorProjectedFlow);
        var guest = new MetaverseObject { Id = Guid.NewGuid(), Attributes = InboundFlow(current) };
        metaverse.Add(guest);
        current.MetaverseId = guest.Id;
        provisioning.Flow(guest);
    }

    private void FlowIn(ConnectorSpaceObject current, MetaverseObject guest)
    {
        var flowed = InboundFlow(current);
        inbound.Count(guest.Attributes == flowed ? CounterNames.ConnectorNoFlow : CounterNames.ConnectorFlow);
        guest.Attributes = flowed;
        provisioning.Flow(guest);
    }

    private void SynchronizeTargetObject(ConnectorSpaceObject current)
    {
        inbound.Count(current.MetaverseId is null ? CounterNames.DisconnectorRemains : CounterNames.ConnectorNoFlow);
        if (current.MetaverseId is { } id)
            provisioning.Flow(metaverse[id]);
    }

    private void DisconnectFromSource(MetaverseObject guest)
    {
        inbound.Count(CounterNames.ConnectorDeleteRemove);
        RemoveGuest(guest);
    }

    /// <summary>An administrator deleted the account of a guest who is still one: the guest stays, and is provisioned again.</summary>
    private void DisconnectFromTarget(MetaverseObject guest)
    {
        inbound.Count(CounterNames.ConnectorDeleteLeave);
        guest.TargetId = null;
        provisioning.Flow(guest);
    }

    /// <summary>The source's connector is what keeps a metaverse object (the object deletion rule of the guide).</summary>
    private void RemoveGuest(MetaverseObject guest)
    {
        metaverse.Remove(guest);
        provisioning.Deprovision(guest);
    }

    /// <summary>Everything but the user type, which only the filter asks for.</summary>
    private static PersonAttributes InboundFlow(ConnectorSpaceObject current) => current.Hologram! with { UserType = null };

    /// <summary>The guide's connector filter lets only guests through; an absent userType is no guest.</summary>
    private static bool IsGuest(PersonAttributes user) => string.Equals(user.UserType, "Guest", StringComparison.OrdinalIgnoreCase);
}
