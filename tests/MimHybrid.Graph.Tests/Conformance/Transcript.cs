using MimHybrid.Cycles.Planning;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>
/// What one poll was, in the terms of this suite: what was requested, what the store holds afterwards, whether a cycle would be caused,
/// what the administrator reads.
/// </summary>
internal sealed record Transcript(PollResult Result, string Requested, bool CursorMoved, bool CausesCycle, string Read)
{
    public PollFailure Failure => Assert.IsType<PollResult.Failed>(Result).Failure;

    public static async Task<Transcript> OfPollAsync(WatchedTenant watched)
    {
        var before = watched.Store.Guests.ReadCursor()?.Link;
        var lines = watched.Logs.Lines.Count;
        watched.Tenant.Requests.Clear();
        var result = await watched.PollAsync();
        return new Transcript(
            result,
            string.Join(' ', watched.Tenant.Requests.All.Select(Name)),
            watched.Store.Guests.ReadCursor()?.Link != before,
            watched.Decide() is Decision.Run,
            string.Join('\n', watched.Logs.Lines.Skip(lines).Select(line => line.Whole)));
    }

    /// <summary>A round asks from the cursor, a page is a further one, first is the one delta request without a token, which follows a count.</summary>
    private static string Name(RecordedRequest request) => request switch
    {
        { IsTokenRequest: true } => "token",
        { IsDelta: true } when request.PathAndQuery.Contains("deltatoken", StringComparison.Ordinal) => "round",
        { IsDelta: true } when request.PathAndQuery.Contains("skiptoken", StringComparison.Ordinal) => "page",
        { IsDelta: true } => "first",
        { Path: "/v1.0/users/$count" } => "count",
        _ => "user",
    };
}
