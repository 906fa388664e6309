using Microsoft.Data.Sqlite;
using MimHybrid.Core.RunLog;

namespace MimHybrid.Core.Store;

/// <content>What the agent decided during a cycle.</content>
public sealed partial class AgentStore
{
    public void NoteDecision(long cycle, CycleDecision decision) => Write(connection =>
    {
        connection.Run(
            "INSERT INTO cycle_decision (cycle_id, step, at, text) VALUES ($cycle, $step, $at, $text)",
            ("$cycle", cycle), ("$step", decision.Step), ("$at", decision.At), ("$text", decision.Text));
    });

    private static List<CycleDecision> ReadDecisions(SqliteConnection connection, long cycle) => connection
        .Sql("SELECT at, step, text FROM cycle_decision WHERE cycle_id = $cycle ORDER BY id", ("$cycle", cycle))
        .Rows(row => new CycleDecision(row.Time(0), row.GetInt32(1), row.GetString(2)));
}
