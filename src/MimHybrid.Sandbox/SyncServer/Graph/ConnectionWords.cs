namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>How a connection went, in the run history's words (MimHybrid.Mim/README.md#errors-in-the-details).</summary>
internal static class ConnectionWords
{
    public const string Success = "success";
    public const string FailedConnection = "failed-connection";
    public const string DroppedConnection = "dropped-connection";
    public const string FailedAuthentication = "failed-authentication";
    public const string FailedSearch = "failed-search";
    public const string NoWatermark = "warning-no-watermark";
}
