using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>What the agent finds out about itself, and about whatever else runs run profiles.</summary>
internal static class TroubleSql
{
    /// <summary>More are of no interest to anybody.</summary>
    private const int StartsKept = 50;

    /// <summary>A day's cycles, and many more: the number of a cycle is found at once, its time is not.</summary>
    private const int NewestCycles = 1000;

    private const int GoodRuns = 15;
    private const int FewGoodRuns = 5;

    public static long AddStart(SqliteConnection connection, DateTimeOffset now)
    {
        var id = connection.Number("INSERT INTO agent_start (at) VALUES ($now) RETURNING id", ("$now", now));
        connection.Run("DELETE FROM agent_start WHERE id <= $id - $kept", ("$id", id), ("$kept", StartsKept));
        return id;
    }

    public static void ForgetStart(SqliteConnection connection, long id) =>
        connection.Run("DELETE FROM agent_start WHERE id = $id", ("$id", id));

    public static List<AgentStart> ReadStarts(SqliteConnection connection) =>
        connection.Sql("SELECT at FROM agent_start ORDER BY id").Rows(row => new AgentStart(row.Time(0)));

    /// <summary>The first failure in a row says since when.</summary>
    public static void Record(SqliteConnection connection, Undelivered one) => connection.Run(
        """
        INSERT INTO undelivered (kind, place, since, why) VALUES ($kind, $place, $since, $why)
        ON CONFLICT (kind, place) DO UPDATE SET why = excluded.why
        """,
        ("$kind", one.Kind), ("$place", one.Place), ("$since", one.Since), ("$why", one.Why));

    public static void Forget(SqliteConnection connection, DeliveryKind kind, string? place) => connection.Run(
        "DELETE FROM undelivered WHERE kind = $kind AND ($place IS NULL OR place = $place)", ("$kind", kind), ("$place", place));

    public static List<Undelivered> ReadUndelivered(SqliteConnection connection) => connection
        .Sql("SELECT kind, place, since, why FROM undelivered ORDER BY since, kind, place")
        .Rows(row => new Undelivered(row.Name<DeliveryKind>(0), row.GetString(1), row.Time(2), row.GetString(3)));

    /// <summary>The step of the newest cycle that has begun and not ended; its usual time only where it has lasted a while.</summary>
    public static RunningStep? ReadRunning(SqliteConnection connection, DateTimeOffset startedBefore)
    {
        var running = connection
            .Sql(
                """
                SELECT management_agent, run_profile, started_at FROM step
                WHERE cycle_id = (SELECT max(id) FROM cycle) AND started_at < $before AND ended_at IS NULL
                  AND EXISTS (SELECT 1 FROM cycle WHERE id = cycle_id AND outcome = 'Running')
                ORDER BY position DESC LIMIT 1
                """,
                ("$before", startedBefore))
            .Row(row => new RunningStep(row.GetString(0), row.GetString(1), row.Time(2), null));
        return running is null ? null : running with { Usual = ReadUsual(connection, running) };
    }

    private static TimeSpan? ReadUsual(SqliteConnection connection, RunningStep step)
    {
        var good = connection
            .Sql(
                """
                SELECT step.started_at, step.ended_at FROM step JOIN good_cycle ON good_cycle.id = cycle_id
                WHERE cycle_id > (SELECT max(id) - $newest FROM cycle) AND management_agent = $agent AND run_profile = $profile
                  AND step.started_at IS NOT NULL AND step.ended_at IS NOT NULL
                ORDER BY cycle_id DESC LIMIT $most
                """,
                ("$newest", NewestCycles), ("$agent", step.ManagementAgent), ("$profile", step.RunProfile), ("$most", GoodRuns))
            .Rows(row => row.Time(1) - row.Time(0));
        good.Sort();
        return good.Count < FewGoodRuns ? null : good[good.Count / 2];
    }

    /// <summary>
    /// MIM counts the runs of each management agent. Where the agent's own follow each other with a gap, somebody else's were in between,
    /// unless the agent itself had more than one there: a step with a decision may have been tried twice, one without a number was cut off.
    /// </summary>
    public static List<OthersRuns> ReadOthers(SqliteConnection connection, DateTimeOffset since) => connection
        .Sql(
            """
            WITH run AS (
                SELECT management_agent, started_at, run_number,
                       lag(run_number) OVER (PARTITION BY management_agent COLLATE NOCASE ORDER BY cycle_id, position) AS before,
                       EXISTS (SELECT 1 FROM cycle_decision AS said
                               WHERE said.cycle_id = step.cycle_id AND said.step = step.position) AS doubtful
                FROM step WHERE cycle_id > (SELECT max(id) - $newest FROM cycle) AND started_at > $since AND skipped_because IS NULL)
            SELECT management_agent, count(*), sum(run_number - before - 1), min(started_at)
            FROM run WHERE run_number > before + 1 AND NOT doubtful GROUP BY management_agent COLLATE NOCASE
            """,
            ("$newest", NewestCycles), ("$since", since))
        .Rows(row => new OthersRuns(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.Time(3)));
}
