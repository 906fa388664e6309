using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Data.Sqlite;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>Alerts and the messages that tell of them.</summary>
[JsonSerializable(typeof(IReadOnlyList<AlertNotice>))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
internal sealed partial class AlertSql : JsonSerializerContext
{
    private const string MessageColumns = "id, key, channel, created_at, notices, next_at, attempts, sent_at, given_up_at, error";

    private static AlertSql Columns => field ??= new(JsonLine.Options());

    /// <param name="endedSince">With those that ended since; null for the open ones alone.</param>
    public static List<AlertRecord> Read(SqliteConnection connection, DateTimeOffset? endedSince) => connection
        .Sql(
            """
            SELECT id, matter, is_error, title, todo, details, unnamed, first_seen, told_at, last_told_at, reminders, gone_at,
                   ended_at, back_at, relapses, snoozed_until, snoozed_by, objects
            FROM alert WHERE ended_at IS NULL OR ended_at >= $since ORDER BY id
            """,
            ("$since", endedSince))
        .Rows(row => new AlertRecord
        {
            Id = row.GetInt64(0),
            Matter = row.GetString(1),
            IsError = row.GetBoolean(2),
            Title = row.GetString(3),
            Do = row.GetString(4),
            Details = Lines(row.OptionalText(5)),
            Unnamed = Lines(row.OptionalText(6)),
            FirstSeen = row.Time(7),
            ToldAt = row.OptionalTime(8),
            LastToldAt = row.OptionalTime(9),
            Reminders = row.GetInt32(10),
            GoneAt = row.OptionalTime(11),
            EndedAt = row.OptionalTime(12),
            BackAt = row.OptionalTime(13),
            Relapses = row.GetInt32(14),
            SnoozedUntil = row.OptionalTime(15),
            SnoozedBy = row.OptionalText(16),
            Objects = Lines(row.OptionalText(17)),
        });

    /// <summary>As it is now; the number of a new one.</summary>
    public static long Save(SqliteConnection connection, AlertRecord alert) => connection.Number(
        """
        INSERT INTO alert (id, matter, is_error, title, todo, details, unnamed, first_seen, told_at, last_told_at, reminders, gone_at,
                           ended_at, back_at, relapses, snoozed_until, snoozed_by, objects)
        VALUES (nullif($id, 0), $matter, $error, $title, $do, $details, $unnamed, $first, $told, $last, $reminders, $gone, $ended, $back,
                $relapses, $until, $by, $objects)
        ON CONFLICT (id) DO UPDATE SET
            is_error = excluded.is_error, title = excluded.title, todo = excluded.todo, details = excluded.details,
            unnamed = excluded.unnamed, first_seen = excluded.first_seen, told_at = excluded.told_at,
            last_told_at = excluded.last_told_at, reminders = excluded.reminders, gone_at = excluded.gone_at,
            ended_at = excluded.ended_at, back_at = excluded.back_at, relapses = excluded.relapses, objects = excluded.objects
        RETURNING id
        """,
        ("$id", alert.Id), ("$matter", alert.Matter), ("$error", alert.IsError), ("$title", alert.Title), ("$do", alert.Do),
        ("$details", Text(alert.Details)), ("$unnamed", Text(alert.Unnamed)), ("$first", alert.FirstSeen), ("$told", alert.ToldAt),
        ("$last", alert.LastToldAt), ("$reminders", alert.Reminders), ("$gone", alert.GoneAt), ("$ended", alert.EndedAt),
        ("$back", alert.BackAt), ("$relapses", alert.Relapses), ("$until", alert.SnoozedUntil), ("$by", alert.SnoozedBy),
        ("$objects", Text(alert.Objects)));

    /// <summary>False: there is no such alert that is still open.</summary>
    public static bool Snooze(SqliteConnection connection, long alert, DateTimeOffset until, string by) => connection.Run(
        "UPDATE alert SET snoozed_until = $until, snoozed_by = $by WHERE id = $id AND ended_at IS NULL",
        ("$id", alert), ("$until", until), ("$by", by)) > 0;

    public static void Add(SqliteConnection connection, AlertMessage message) => connection.Run(
        """
        INSERT INTO alert_message (key, channel, created_at, notices, next_at) VALUES ($key, $channel, $created, $notices, $next)
        """,
        ("$key", message.Key), ("$channel", message.Channel), ("$created", message.CreatedAt),
        ("$notices", JsonLine.Of(message.Notices, Columns.IReadOnlyListAlertNotice)), ("$next", message.NextAt));

    /// <summary>The oldest that is due, of a channel that nothing older waits for.</summary>
    public static AlertMessage? FindDue(SqliteConnection connection, DateTimeOffset now) => connection
        .Sql(
            $"""
            SELECT {MessageColumns} FROM alert_message AS message
            WHERE sent_at IS NULL AND given_up_at IS NULL AND next_at <= $now
              AND NOT EXISTS (SELECT 1 FROM alert_message AS older WHERE older.channel = message.channel AND older.id < message.id
                              AND older.sent_at IS NULL AND older.given_up_at IS NULL)
            ORDER BY id LIMIT 1
            """,
            ("$now", now))
        .Row(ReadMessage);

    /// <summary>When the next is due; null while nothing waits.</summary>
    public static DateTimeOffset? NextDue(SqliteConnection connection) => connection
        .Sql("SELECT min(next_at) FROM alert_message WHERE sent_at IS NULL AND given_up_at IS NULL")
        .Rows(row => row.OptionalTime(0)).Single();

    /// <summary>Messages to a channel since a time, oldest first, sent or not.</summary>
    public static List<AlertMessage> Since(SqliteConnection connection, string channel, DateTimeOffset since) => connection
        .Sql($"SELECT {MessageColumns} FROM alert_message WHERE channel = $channel AND created_at > $since ORDER BY id",
            ("$channel", channel), ("$since", since))
        .Rows(ReadMessage);

    /// <summary>Those that were given up since a time.</summary>
    public static List<AlertMessage> GivenUp(SqliteConnection connection, DateTimeOffset since) => connection
        .Sql($"SELECT {MessageColumns} FROM alert_message WHERE given_up_at > $since ORDER BY id", ("$since", since))
        .Rows(ReadMessage);

    /// <summary>Channels over which messages were given up since a time, and nothing arrived after that; with the newest error.</summary>
    public static List<DeadChannel> ReadDead(SqliteConnection connection, DateTimeOffset since) => connection
        .Sql(
            """
            SELECT channel, count(*), min(given_up_at), (SELECT error FROM alert_message AS newest WHERE newest.channel = lost.channel
                                                         AND newest.given_up_at IS NOT NULL ORDER BY newest.id DESC LIMIT 1)
            FROM alert_message AS lost
            WHERE given_up_at > $since
              AND NOT EXISTS (SELECT 1 FROM alert_message AS later
                              WHERE later.channel = lost.channel AND later.sent_at > lost.given_up_at)
            GROUP BY channel ORDER BY channel
            """,
            ("$since", since))
        .Rows(row => new DeadChannel(row.GetString(0), row.GetInt64(1), row.Time(2), row.OptionalText(3) ?? ""));

    public static void Record(SqliteConnection connection, AlertMessage message) => connection.Run(
        """
        UPDATE alert_message SET attempts = $attempts, next_at = $next, sent_at = $sent, given_up_at = $up, error = $error,
                                 notices = $notices
        WHERE id = $id
        """,
        ("$id", message.Id), ("$attempts", message.Attempts), ("$next", message.NextAt), ("$sent", message.SentAt),
        ("$up", message.GivenUpAt), ("$error", message.Error),
        ("$notices", JsonLine.Of(message.Notices, Columns.IReadOnlyListAlertNotice)));

    /// <summary>What is over goes after a while, messages and alerts: they name guests.</summary>
    public static void Trim(SqliteConnection connection, DateTimeOffset before)
    {
        connection.Run("DELETE FROM alert_message WHERE coalesce(sent_at, given_up_at) < $before", ("$before", before));
        connection.Run("DELETE FROM alert WHERE ended_at < $before", ("$before", before));
    }

    private static AlertMessage ReadMessage(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.Time(3),
        JsonSerializer.Deserialize(row.GetString(4), Columns.IReadOnlyListAlertNotice) ?? [], row.Time(5))
    {
        Attempts = row.GetInt32(6),
        SentAt = row.OptionalTime(7),
        GivenUpAt = row.OptionalTime(8),
        Error = row.OptionalText(9),
    };

    private static string? Text(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? null : string.Join('\n', lines.Select(line => line.ReplaceLineEndings(" ")));

    private static string[] Lines(string? text) => text?.Split('\n') ?? [];
}
