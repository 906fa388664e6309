using MimHybrid.Store.Rows;
using MimHybrid.Store.Sql;

namespace MimHybrid.Store;

/// <summary>What is told to whom: alerts, and the messages on their way. Nobody else writes them, but for a snooze.</summary>
public sealed class AlertStore
{
    private readonly StoreFile file;

    internal AlertStore(StoreFile file) => this.file = file;

    /// <summary>The open ones, and those that ended since a time: one that comes back soon is the same.</summary>
    public IReadOnlyList<AlertRecord> Read(DateTimeOffset endedSince) => file.Read(connection => AlertSql.Read(connection, endedSince));

    /// <summary>
    /// The alerts that changed and the messages that tell of it, in one transaction: a crash loses neither, and nothing is told twice.
    /// </summary>
    /// <param name="alerts">As they are now.</param>
    /// <param name="messages">From the alerts as they were written, with their numbers in the same order: what goes out.</param>
    public void Commit(IReadOnlyList<AlertRecord> alerts, Func<IReadOnlyList<AlertRecord>, IReadOnlyList<AlertMessage>> messages) =>
        file.Write(connection =>
        {
            var written = alerts.Select(alert => alert with { Id = AlertSql.Save(connection, alert) }).ToList();
            foreach (var message in messages(written))
            {
                if (message.Id == 0) AlertSql.Add(connection, message);
                else AlertSql.Record(connection, message);
            }
        });

    public AlertMessage? FindDue(DateTimeOffset now) => file.Read(connection => AlertSql.FindDue(connection, now));

    /// <summary>When the next message is due, UTC; null while none waits.</summary>
    public DateTimeOffset? NextDue() => file.Read(AlertSql.NextDue);

    /// <summary>The messages to a channel since a time, oldest first.</summary>
    public IReadOnlyList<AlertMessage> ReadMessages(string channel, DateTimeOffset since) =>
        file.Read(connection => AlertSql.Since(connection, channel, since));

    /// <summary>What became of an attempt.</summary>
    public void Record(AlertMessage message) => file.Write(connection => AlertSql.Record(connection, message));

    /// <summary>Something of the agent's did not get where it should; the first time in a row is kept.</summary>
    public void Record(Undelivered one) => file.Write(connection => TroubleSql.Record(connection, one));

    /// <summary>It did, or nobody sends it any more.</summary>
    /// <param name="kind">What.</param>
    /// <param name="place">Where; null for everywhere.</param>
    public void Forget(DeliveryKind kind, string? place) => file.Write(connection => TroubleSql.Forget(connection, kind, place));

    public void Trim(DateTimeOffset before) => file.Write(connection => AlertSql.Trim(connection, before));
}
