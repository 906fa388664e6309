namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// The ways in which Graph refuses a delta link that is too old, reported or documented (MimHybrid.Graph/README.md#dead-tokens).
/// </summary>
public enum ExpiredTokenShape
{
    /// <summary>400 Request_UnsupportedQuery, "DeltaLink older than 30 days is not supported": what production does.</summary>
    DeltaLinkTooOld,

    /// <summary>400 syncStateNotFound.</summary>
    SyncStateNotFound,

    /// <summary>410 SyncStateNotFound, with a capital S.</summary>
    SyncStateNotFoundGone,

    /// <summary>410 with a Location whose delta token is empty.</summary>
    GoneWithLocation,

    /// <summary>410 resyncRequired with an inner resyncApplyDifferences.</summary>
    ResyncRequired,

    /// <summary>400 Directory_ExpiredPageToken.</summary>
    ExpiredPageToken,

    /// <summary>400, the message that a sync must reach steady state within 30 days.</summary>
    SteadyStateNotReached,
}
