using MimHybrid.Core.Changes;

namespace MimHybrid.Core.Store;

/// <content>What a poll added, for whoever measures it.</content>
public sealed partial class AgentStore
{
    /// <summary>The number of the last change committed; 0 before any.</summary>
    public long ReadLastChange() => Read(LastChange);

    /// <summary>How many changes that start a cycle were committed after that one, by kind.</summary>
    public IReadOnlyDictionary<ChangeKind, long> CountChangesAfter(long change) => Read(connection => connection
        .Sql("SELECT kind, count(*) FROM change WHERE seq > $change AND wakes GROUP BY kind", ("$change", change))
        .Rows(row => (Kind: row.Name<ChangeKind>(0), Count: row.GetInt64(1)))
        .ToDictionary(kind => kind.Kind, kind => kind.Count));
}
