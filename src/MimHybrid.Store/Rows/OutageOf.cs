namespace MimHybrid.Store.Rows;

/// <summary>Whom the agent needs and cannot bring back.</summary>
public enum OutageOf
{
    Graph,
    SyncServer,
}
