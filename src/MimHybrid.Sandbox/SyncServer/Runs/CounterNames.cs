namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>The counters of a step, in the order of the run history (MimHybrid.Mim/README.md#counters).</summary>
internal static class CounterNames
{
    public const string StageNoChange = "stage-no-change";
    public const string StageAdd = "stage-add";
    public const string StageUpdate = "stage-update";
    public const string StageDelete = "stage-delete";

    public const string DisconnectorFiltered = "disconnector-filtered";
    public const string DisconnectorProjectedFlow = "disconnector-projected-flow";
    public const string DisconnectorRemains = "disconnector-remains";
    public const string ConnectorFilteredRemove = "connector-filtered-remove-mv";
    public const string ConnectorFlow = "connector-flow";
    public const string ConnectorNoFlow = "connector-no-flow";
    public const string ConnectorDeleteRemove = "connector-delete-remove-mv";
    public const string ConnectorDeleteLeave = "connector-delete-leave-mv";

    public const string ProvisionedAddFlow = "provisioned-add-flow";
    public const string ProvisionedDisconnect = "provisioned-disconnect";

    public const string ExportAdd = "export-add";
    public const string ExportUpdate = "export-update";
    public const string ExportDelete = "export-delete";
    public const string ExportFailure = "export-failure";

    public static readonly string[] Staging =
    [
        StageNoChange, StageAdd, StageUpdate, "stage-rename", StageDelete, "stage-delete-add", "stage-failure",
    ];

    public static readonly string[] Inbound =
    [
        DisconnectorFiltered, "disconnector-joined-no-flow", "disconnector-joined-flow", "disconnector-joined-remove-mv",
        "disconnector-projected-no-flow", DisconnectorProjectedFlow, "disconnector-projected-remove-mv", DisconnectorRemains,
        ConnectorFilteredRemove, "connector-filtered-leave-mv", ConnectorFlow, "connector-flow-remove-mv", ConnectorNoFlow,
        ConnectorDeleteRemove, ConnectorDeleteLeave, "connector-delete-add-processed", "flow-failure",
    ];

    public static readonly string[] Outbound =
    [
        "provisioned-add-no-flow", ProvisionedAddFlow, "provisioned-rename-no-flow", "provisioned-rename-flow", ProvisionedDisconnect,
        ConnectorFlow, ConnectorNoFlow, "provisioned-delete-add-no-flow", "provisioned-delete-add-flow",
    ];

    public static readonly string[] Export = [ExportAdd, ExportUpdate, "export-rename", ExportDelete, "export-delete-add", ExportFailure];
}
