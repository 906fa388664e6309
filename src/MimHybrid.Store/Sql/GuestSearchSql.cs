using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Guests as people look for them, and what happened to one.</summary>
internal static class GuestSearchSql
{
    /// <summary>A guest whose properties change daily has years of changes: a person reads the newest.</summary>
    private const int ChangesRead = 20;

    /// <summary>How far a later export that took an account is looked for.</summary>
    private const int ExportsRead = 200;

    public static List<Guest> Named(SqliteConnection connection, string name) => connection
        .Sql($"SELECT {GuestSql.Columns} FROM guest WHERE name = $name ORDER BY id LIMIT 2", ("$name", name))
        .Rows(GuestSql.Read);

    /// <summary>Whose id, name or mail has the text, now or at a change that is kept; whatever the case and width of the letters.</summary>
    public static List<string> Find(SqliteConnection connection, string text, int most)
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        void Note(string id, string? name)
        {
            if (!found.TryGetValue(id, out var before) || string.CompareOrdinal(before, name) < 0) found[id] = name;
        }

        foreach (var (id, name) in TextBlock.FindRows(connection, "SELECT id, name, mail FROM guest", text)) Note(id, name);
        using var change = connection.Sql("SELECT guest_id, name FROM change WHERE seq = $seq");
        foreach (var seq in ChangeTextSql.Find(connection, text))
        {
            change.Bind(("$seq", seq));
            using var row = change.ExecuteReader();
            while (row.Read()) Note(row.GetString(0), row.OptionalText(1));
        }

        return [.. found
            .OrderBy(guest => guest.Value, StringComparer.OrdinalIgnoreCase).ThenBy(guest => guest.Key, StringComparer.Ordinal)
            .Select(guest => guest.Key).Take(most)];
    }

    public static GuestStory Tell(SqliteConnection connection, string id) => new(
        id,
        connection.Sql($"SELECT {GuestSql.Columns} FROM guest WHERE id = $id", ("$id", id)).Row(GuestSql.Read),
        [
            .. connection
                .Sql(
                    $"""
                    SELECT {ChangeSql.Columns}, seq, carried_by FROM change WHERE guest_id = $id ORDER BY seq DESC LIMIT $most
                    """,
                    ("$id", id), ("$most", ChangesRead))
                .Rows(row => new StoryChange(ChangeSql.Read(row), row.OptionalCount(7), CausedBy(connection, row.GetInt64(6))))
                .AsEnumerable().Reverse(),
        ]);

    /// <summary>The exports of the same run profile after a cycle, oldest first, with what they refused.</summary>
    public static List<LaterExport> ExportsAfter(SqliteConnection connection, long cycle, string managementAgent, string runProfile) =>
        connection
            .Sql(
                """
                SELECT cycle_id, position, ended_at, result, run_number, errors, refused FROM step
                WHERE cycle_id > $cycle AND management_agent = $agent AND run_profile = $profile AND ended_at IS NOT NULL
                ORDER BY cycle_id, position LIMIT $most
                """,
                ("$cycle", cycle), ("$agent", managementAgent), ("$profile", runProfile), ("$most", ExportsRead))
            .Rows(row => new LaterExport(row.GetInt64(0), new StepRecord
            {
                Position = row.GetInt32(1),
                ManagementAgent = managementAgent,
                RunProfile = runProfile,
                EndedAt = row.OptionalTime(2),
                Result = row.OptionalText(3),
                RunNumber = row.OptionalNumber(4),
                Errors = StepJson.ReadErrors(row.OptionalText(5)),
                Refused = row.GetInt64(6),
            }));

    private static List<long> CausedBy(SqliteConnection connection, long change) => connection
        .Sql($"SELECT id FROM cycle WHERE {CycleSql.IsCausedBy} ORDER BY id", ("$change", change))
        .Rows(row => row.GetInt64(0));
}
