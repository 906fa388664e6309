using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>
/// Each rejection of a token in MimHybrid.Graph/README.md#dead-tokens, for a cursor, for a page and for a request that carried none.
/// </summary>
public sealed class RejectedTokensTests
{
    private static readonly SandboxTenantOptions SmallPages = new() { Pages = new PageShape { Size = 1 } };

    private static Fault Nested(int status, string code, string inner) => new Fault.Answer(
        status, $$$"""{"error":{"code":"{{{code}}}","message":"","innerError":{"code":"{{{inner}}}","date":"2026-11-22T08:00:00"} }}""");

    private static Fault Gone(string location) =>
        new Fault.Answer(410, "") { Headers = new Dictionary<string, string> { ["Location"] = location } };

    public static TheoryData<Fault> Rejections =>
    [
        Gone("https://graph.microsoft.com/v1.0/users/delta?$deltatoken="),
        Gone("https://evil.example/v1.0/users/delta?$deltatoken="),
        Fault.Empty(410),
        Fault.Html(410),
        Fault.Error(400, "syncStateNotFound", ""),
        Fault.Error(404, "syncStateNotFound", ""),
        Fault.Error(400, "SYNCSTATEINVALID", ""),
        Fault.Error(410, "SyncStateNotFound", ""),
        Fault.Error(400, "Request_UnsupportedQuery", "DeltaLink older than 30 days is not supported"),
        Fault.Error(400, "Directory_ExpiredPageToken", ""),
        Fault.Error(400, "resyncRequired", ""),
        Nested(410, "resyncRequired", "resyncApplyDifferences"),
        Nested(410, "resyncRequired", "resyncUploadDifferences"),
        Nested(400, "badRequest", "resyncChangesApplyDifferences"),
        Nested(400, "badRequest", "resyncChangesUploadDifferences"),
    ];

    [Theory]
    [MemberData(nameof(Rejections), DisableDiscoveryEnumeration = true)]
    public async Task A_rejected_cursor_is_followed_by_a_reading_of_the_whole_tenant_in_the_same_poll(Fault rejection)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.FailDelta(rejection);

        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal("round count first", transcript.Requested);
        Assert.Equal((true, true), (transcript.CursorMoved, transcript.CausesCycle));
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
        Assert.Contains("The whole tenant is read again", transcript.Read, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rejections), DisableDiscoveryEnumeration = true)]
    public async Task A_rejected_page_repeats_the_round_from_the_cursor_and_nothing_more(Fault rejection)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync(SmallPages);
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.People.Invite("Omar Haddad", "omar@fabrikam.example");
        watched.FailLaterPage(rejection);

        var transcript = await Transcript.OfPollAsync(watched);
        Assert.StartsWith("round page round page", transcript.Requested, StringComparison.Ordinal);
        Assert.DoesNotContain("first", transcript.Requested, StringComparison.Ordinal);
        Assert.Equal(new PollResult.Changed(2, 0, 0, 0), transcript.Result);
        Assert.True(transcript.CausesCycle);
    }

    [Theory]
    [InlineData(400, "syncStateNotFound")]
    [InlineData(400, "Request_UnsupportedQuery")]
    [InlineData(400, "Directory_ExpiredPageToken")]
    [InlineData(400, "BadRequest")]
    [InlineData(404, "syncStateNotFound")]
    public async Task The_same_answer_to_a_request_without_a_token_needs_a_person_and_is_not_repeated(int status, string code)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailDelta(Fault.Error(status, code, ""));
        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal("token count first", transcript.Requested);
        Assert.Equal((PollFailureClass.Configuration, true), (transcript.Failure.Class, transcript.Failure.NeedsPerson));
        Assert.Equal((false, false), (transcript.CursorMoved, transcript.CausesCycle));
        Assert.Contains("Graph:Select", transcript.Read, StringComparison.Ordinal);
    }

    public static TheoryData<Fault> NotAboutTheToken =>
    [
        Fault.Error(401, "InvalidAuthenticationToken", ""),
        Fault.Error(403, "Authorization_RequestDenied", ""),
        Fault.Html(407),
        Fault.Error(429, "TooManyRequests", ""),
        Fault.Error(500, "syncStateNotFound", ""),
        Fault.Unavailable(),
        new Fault.Reset(),
    ];

    [Theory]
    [MemberData(nameof(NotAboutTheToken), DisableDiscoveryEnumeration = true)]
    public async Task What_is_not_about_the_token_never_discards_it_however_often(Fault fault)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.FailDelta(fault, count: 5);
        for (var poll = 0; poll < 5; poll++)
        {
            var transcript = await Transcript.OfPollAsync(watched);
            Assert.DoesNotContain("first", transcript.Requested, StringComparison.Ordinal);
            Assert.False(transcript.CursorMoved);
            watched.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }
}
