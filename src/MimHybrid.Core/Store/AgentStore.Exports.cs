using MimHybrid.Core.Cycles;

namespace MimHybrid.Core.Store;

/// <content>Exports that MIM has not seen again in the directory: until an import confirms them, they may have failed unseen.</content>
public sealed partial class AgentStore
{
    /// <summary>Something was exported there.</summary>
    public void RecordExport(string managementAgent, long deletes) => Write(connection =>
    {
        connection.Run(
            """
            INSERT INTO unconfirmed_export (management_agent, deletes) VALUES ($agent, $deletes)
            ON CONFLICT (management_agent) DO UPDATE SET deletes = deletes + excluded.deletes, imported = 0
            """,
            ("$agent", managementAgent), ("$deletes", deletes));
    });

    /// <summary>An import there ended well: what was exported is confirmed, and waits for a synchronization.</summary>
    public void RecordConfirmed(string managementAgent) => Write(connection =>
    {
        connection.Run("UPDATE unconfirmed_export SET imported = 1 WHERE management_agent = $agent", ("$agent", managementAgent));
    });

    /// <summary>A synchronization there ended well, or had nothing to do.</summary>
    public void ForgetExport(string managementAgent) => Write(connection =>
    {
        connection.Run("DELETE FROM unconfirmed_export WHERE management_agent = $agent", ("$agent", managementAgent));
    });

    /// <summary>Whether a step has an export to confirm, whichever cycle made it.</summary>
    public bool HasExportToConfirm(Step step) => Read(connection => connection.Number(
        "SELECT count(*) FROM unconfirmed_export WHERE management_agent = $agent AND (imported = 0 OR NOT $import)",
        ("$agent", step.ManagementAgent), ("$import", step.Kind == StepKind.Import))) > 0;

    /// <summary>Deletions exported there that a synchronization has not taken up again.</summary>
    public long CountUnconfirmedDeletes(string managementAgent) => Read(connection => connection.Number(
        "SELECT coalesce(sum(deletes), 0) FROM unconfirmed_export WHERE management_agent = $agent", ("$agent", managementAgent)));
}
