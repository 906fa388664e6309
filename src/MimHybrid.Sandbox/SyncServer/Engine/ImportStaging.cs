using MimHybrid.Sandbox.SyncServer.Graph;
using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.Spaces;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>Stages what an import read, each object against what the connector space knows of it. Nothing leaves that space.</summary>
internal sealed class ImportStaging(ConnectorSpace space, Tally staged)
{
    private readonly HashSet<Guid> seen = [];

    /// <param name="batch">What was read.</param>
    /// <param name="obsoletes">Whether a complete import stages as deleted what it did not see (not after discovery errors).</param>
    public void Stage(ImportBatch batch, bool obsoletes)
    {
        foreach (var entry in batch.Entries)
            Stage(entry);

        if (!batch.IsComplete || !obsoletes)
            return;

        // What has no anchor was never exported, so the connected system cannot know it.
        foreach (var gone in space.Objects.Where(known => known.Anchor is not null && !seen.Contains(known.Id)).ToArray())
            StageDelete(gone);
    }

    private void Stage(ImportEntry entry)
    {
        var known = space.FindByAnchor(entry.Anchor);
        if (entry.Image is null)
        {
            if (known is not null)
                StageDelete(known);
            return;
        }

        known ??= Adopt(entry) ?? AddNew(entry);
        seen.Add(known.Id);
        StageImage(known, entry.Image);
    }

    /// <summary>An account that is there under the name of one yet to be exported is the same: it is not made, only set right.</summary>
    private ConnectorSpaceObject? Adopt(ImportEntry entry)
    {
        if (space.FindUnborn(entry.Dn) is not { PendingExport: { } export } unborn)
            return null;

        space.SetAnchor(unborn, entry.Anchor);
        unborn.PendingExport = export with { Kind = Modification.Update };
        return unborn;
    }

    private ConnectorSpaceObject AddNew(ImportEntry entry)
    {
        var added = new ConnectorSpaceObject { Id = Guid.NewGuid(), Dn = entry.Dn, Anchor = entry.Anchor };
        space.Add(added);
        return added;
    }

    private void StageImage(ConnectorSpaceObject known, PersonAttributes image)
    {
        known.Unconfirmed = null;
        if (image == known.Hologram)
            known.PendingImport = null;
        if (image == (known.PendingImport?.Image ?? known.Hologram))
        {
            staged.Count(CounterNames.StageNoChange);
            return;
        }

        // A connector without a hologram is one that the server itself exported: what comes back confirms it, and is an update.
        var isNew = known is { Hologram: null, PendingImport: null, MetaverseId: null };
        var stays = known.PendingImport?.Kind == Modification.Add;
        known.PendingImport = new PendingChange(isNew || stays ? Modification.Add : Modification.Update, image);
        staged.Count(isNew ? CounterNames.StageAdd : CounterNames.StageUpdate);
    }

    private void StageDelete(ConnectorSpaceObject gone)
    {
        seen.Add(gone.Id);
        if (gone.PendingImport?.Kind == Modification.Delete)
        {
            staged.Count(CounterNames.StageNoChange);
            return;
        }

        staged.Count(CounterNames.StageDelete);
        gone.Unconfirmed = null;
        if (gone is { Hologram: null, MetaverseId: null, PendingExport: null })
            space.Remove(gone); // staged by an import and never synchronized: nobody else has heard of it
        else
            gone.PendingImport = new PendingChange(Modification.Delete, null);
    }
}
