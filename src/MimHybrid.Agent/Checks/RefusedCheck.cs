using MimHybrid.Agent.Show;
using MimHybrid.Store;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether a directory refuses accounts: all else can be well, and a guest has none.</summary>
internal sealed class RefusedCheck() : QuickCheck("refused")
{
    public override IReadOnlyList<string> Needs => [DataFolderCheck.CheckName, StoreCheck.CheckName];

    protected override IEnumerable<Finding> Look(CheckContext context)
    {
        if (context.Store is null) return [Ok("no export yet")];
        if (!context.Store.IsCurrent) return [Ok("not looked at: the store is of another version")];
        using var store = AgentReader.Open(context.Options.Data);
        return
        [
            RefusedText.Summary(store.ReadRefused()) is { } refused
                ? Warning(refused, RefusedText.WhatToDo)
                : Ok("no directory refuses an account, as far as the last exports say"),
        ];
    }
}
