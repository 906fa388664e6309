using System.Collections.ObjectModel;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// What a run counted, all steps together, by the names of the run details (README.md#counters), and the sums that decide.
/// </summary>
public sealed record RunCounters
{
    public static RunCounters None { get; } = new();

    public CounterGroup Discovery { get; init; } = CounterGroup.Empty;
    public CounterGroup Staging { get; init; } = CounterGroup.Empty;
    public CounterGroup Inbound { get; init; } = CounterGroup.Empty;

    /// <summary>By the name of the management agent that the changes flow out to.</summary>
    public ReadOnlyDictionary<string, CounterGroup> Outbound { get; init; } = ReadOnlyDictionary<string, CounterGroup>.Empty;

    public CounterGroup Export { get; init; } = CounterGroup.Empty;

    /// <summary>Objects whose change waits in the connector space for a synchronization.</summary>
    public long Staged => Staging.Sum("stage-add", "stage-update", "stage-rename", "stage-delete", "stage-delete-add");

    /// <summary>Objects that became new metaverse objects.</summary>
    public long Projected =>
        Inbound.Sum("disconnector-projected-no-flow", "disconnector-projected-flow", "disconnector-projected-remove-mv");

    /// <summary>Objects that were joined to a metaverse object that was there before.</summary>
    public long Joined => Inbound.Sum("disconnector-joined-no-flow", "disconnector-joined-flow", "disconnector-joined-remove-mv");

    /// <summary>Connected objects whose change reached the metaverse.</summary>
    public long Flowed => Inbound.Sum("connector-flow", "connector-flow-remove-mv");

    /// <summary>Connected objects that were worked on without any change reaching the metaverse.</summary>
    public long FlowedNothing => Inbound["connector-no-flow"];

    /// <summary>Objects that lost their link to the metaverse: deleted, or filtered out now.</summary>
    public long Disconnected => Inbound.Sum(
        "connector-filtered-remove-mv", "connector-filtered-leave-mv", "connector-delete-remove-mv", "connector-delete-leave-mv");

    /// <summary>Objects that were deleted and made anew.</summary>
    public long Replaced => Inbound["connector-delete-add-processed"];

    public long FlowFailures => Inbound["flow-failure"];

    /// <summary>Changes written to the connected directory.</summary>
    public long Exported => Export.Sum("export-add", "export-update", "export-rename", "export-delete", "export-delete-add");

    public long ExportedDeletes => Export["export-delete"];
    public long ExportFailures => Export["export-failure"];
}
