using System.Text;
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

    /// <summary>Two at most: whether it is one is what is asked.</summary>
    public static List<Guest> Named(SqliteConnection connection, string name) =>
        [.. GuestTextSql.Find(connection, name).Where(guest => guest.Value == name).Take(2).ToList()
            .SelectMany(guest => GuestSql.Find(connection, [guest.Key]).Values)];

    /// <summary>Guests known whose name or mail has the text, or whose id does where the text can be part of one: id and name.</summary>
    public static List<KeyValuePair<string, string?>> FindKnown(SqliteConnection connection, string text)
    {
        var wanted = TextBlock.Wanted(text);
        return
        [
            .. GuestTextSql.Find(connection, text),
            .. ChangeTextSql.IsOfAnId(wanted)
                ? connection.Sql("SELECT id, name FROM guest WHERE instr(upper(id), $text)", ("$text", Encoding.ASCII.GetString(wanted)))
                    .Rows(row => KeyValuePair.Create(row.GetString(0), row.OptionalText(1)))
                : [],
        ];
    }

    /// <summary>The same of guests as the changes that are kept have them: names of before, and guests who are gone.</summary>
    public static List<KeyValuePair<string, string?>> FindTold(SqliteConnection connection, string text)
    {
        List<KeyValuePair<string, string?>> found = [];
        using var change = connection.Sql("SELECT guest_id, name FROM change WHERE seq = $seq");
        foreach (var seq in ChangeTextSql.Find(connection, text))
        {
            change.Bind(("$seq", seq));
            using var row = change.ExecuteReader();
            while (row.Read()) found.Add(KeyValuePair.Create(row.GetString(0), row.OptionalText(1)));
        }

        return found;
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
                .Rows(row => new StoryChange(ChangeSql.Read(row), row.OptionalCount(8), CausedBy(connection, row.GetInt64(7))))
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
