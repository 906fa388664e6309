using System.Net;
using MimHybrid.Sandbox.SyncServer.Engine;
using MimHybrid.Sandbox.SyncServer.Runs;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>One read of Graph, and what its failing means: before the first page it is "no start", after it "stopped".</summary>
/// <param name="IsComplete">An enumeration from the start; otherwise it began with a delta link.</param>
internal sealed record GraphRound(bool IsComplete)
{
    private static readonly Reading.Failed BadCredentials = new(ResultWords.NoCredentials, ConnectionWords.FailedAuthentication);

    /// <summary>What Graph said is not what Graph says.</summary>
    public static Reading.Failed Unintelligible { get; } = new(ResultWords.UnexpectedData, ConnectionWords.FailedSearch);

    /// <summary>A page has been read.</summary>
    public bool HasRead { get; set; }

    public Reading.Failed Lost() => HasRead
        ? new Reading.Failed(ResultWords.LostConnectivity, ConnectionWords.DroppedConnection)
        : new Reading.Failed(ResultWords.NoConnection, ConnectionWords.FailedConnection);

    public Reading.Failed SignInRefused(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? BadCredentials : Lost();

    public Reading.Failed Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => BadCredentials,
        // The signs of a dead token (MimHybrid.Graph/README.md#dead-tokens); without a token the same answers are about something else.
        HttpStatusCode.BadRequest or HttpStatusCode.Gone when !IsComplete =>
            new Reading.Failed(ResultWords.FullImportRequired, ConnectionWords.NoWatermark),
        HttpStatusCode.BadRequest or HttpStatusCode.Gone or HttpStatusCode.NotFound => Unintelligible,
        _ => Lost(),
    };
}
