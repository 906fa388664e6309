using System.Net;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>One read of Graph, and what its failing means: before the first page it is "no start", after it "stopped".</summary>
/// <param name="IsComplete">A baseline from the start; otherwise it began with a delta link.</param>
internal sealed record GraphRound(bool IsComplete)
{
    private static readonly ImportReading.Failed BadCredentials = new(
        SandboxResultWords.NoCredentials, ConnectionWords.FailedAuthentication);

    /// <summary>What Graph said is not what Graph says.</summary>
    public static ImportReading.Failed Unintelligible { get; } = new(SandboxResultWords.UnexpectedData, ConnectionWords.FailedSearch);

    /// <summary>A page has been read.</summary>
    public bool HasRead { get; set; }

    public ImportReading.Failed Lost() => HasRead
        ? new ImportReading.Failed(SandboxResultWords.LostConnectivity, ConnectionWords.DroppedConnection)
        : new ImportReading.Failed(SandboxResultWords.NoConnection, ConnectionWords.FailedConnection);

    public ImportReading.Failed SignInRefused(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? BadCredentials : Lost();

    public ImportReading.Failed Refused(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => BadCredentials,
        // The signs of a dead token (MimHybrid.Graph/README.md#dead-tokens); without a token the same answers are about something else.
        HttpStatusCode.BadRequest or HttpStatusCode.Gone when !IsComplete =>
            new ImportReading.Failed(SandboxResultWords.FullImportRequired, ConnectionWords.NoWatermark),
        HttpStatusCode.BadRequest or HttpStatusCode.Gone or HttpStatusCode.NotFound => Unintelligible,
        _ => Lost(),
    };
}
