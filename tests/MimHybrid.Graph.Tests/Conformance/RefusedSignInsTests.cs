using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>
/// Each kind of refused sign-in (MimHybrid.Graph/README.md#sign-in-codes): one sentence with the code and the next step;
/// what time may mend is tried again, what needs a person is said loudly; Graph is not asked, the store stays, no cycle is caused.
/// </summary>
public sealed class RefusedSignInsTests
{
    private static Fault Refusal(int code, string error = "invalid_request") => new Fault.Answer(400,
        $$"""{"error":"{{error}}","error_description":"AADSTS{{code}}: planted text.","error_codes":[{{code}}]}""");

    public static TheoryData<Fault, PollFailureClass, bool, string, string> Refusals => new()
    {
        { Refusal(7000222), PollFailureClass.SignIn, true, "AADSTS7000222", "Graph:ClientSecretExpires" },
        { Refusal(7000215), PollFailureClass.SignIn, true, "AADSTS7000215", "Graph:ClientSecret" },
        { Refusal(700027), PollFailureClass.SignIn, true, "AADSTS700027", "Graph:CertificateSubject" },
        { Refusal(700016), PollFailureClass.SignIn, true, "AADSTS700016", "Graph:ClientId" },
        { Refusal(7000112), PollFailureClass.SignIn, true, "AADSTS7000112", "Enterprise applications" },
        { Refusal(90002), PollFailureClass.SignIn, true, "AADSTS90002", "Graph:TenantId" },
        { Refusal(900023), PollFailureClass.SignIn, true, "AADSTS900023", "Graph:TenantId" },
        { Refusal(500011), PollFailureClass.SignIn, true, "AADSTS500011", "Graph:Cloud" },
        { Refusal(53003), PollFailureClass.SignIn, true, "AADSTS53003", "Conditional Access" },
        { Refusal(700024), PollFailureClass.SignIn, true, "AADSTS700024", "time service" },
        { Refusal(1234567), PollFailureClass.SignIn, true, "AADSTS1234567", "Look the code up" },
        { Refusal(90033, "temporarily_unavailable"), PollFailureClass.SignIn, false, "AADSTS90033", "tries again" },
        { Refusal(90055, "temporarily_unavailable"), PollFailureClass.SignIn, false, "AADSTS90055", "tries again" },
        { new Fault.Answer(401, """{"error":"invalid_client"}"""), PollFailureClass.SignIn, true, "invalid_client", "Graph:ClientId" },
        { new Fault.Answer(429, "{}"), PollFailureClass.Throttled, false, "fewer requests", "waits" },
        { Fault.Empty(500), PollFailureClass.ServerError, false, "trouble of its own", "tries again" },
        { Fault.Empty(503), PollFailureClass.ServerError, false, "trouble of its own", "tries again" },
        { Fault.Html(502), PollFailureClass.ServerError, false, "trouble of its own", "tries again" },
        { Fault.Html(200), PollFailureClass.Malformed, false, "no token", "portal" },
        { Fault.Html(403), PollFailureClass.Malformed, false, "no token", "proxy" },
        { Fault.Html(407), PollFailureClass.Unreachable, false, "407", "proxy" },
        { new Fault.Answer(302, "", "") { Headers = new Dictionary<string, string> { ["Location"] = "https://evil.example/planted" } }, PollFailureClass.Malformed, false, "no token", "proxy" },
        { new Fault.Answer(408, "{}"), PollFailureClass.Unreachable, false, "408", "tries again" },
        { new Fault.Answer(200, "{}"), PollFailureClass.Malformed, false, "no token", "proxy" },
        { new Fault.Reset(), PollFailureClass.Unreachable, false, "localhost", "broke" },
    };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task A_refused_sign_in_is_one_sentence_and_changes_nothing(
        Fault fault, PollFailureClass failureClass, bool needsPerson, string names, string nextStep)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Restart();
        watched.FailSignIn(fault);

        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal("token", transcript.Requested);
        Assert.Equal((false, false), (transcript.CursorMoved, transcript.CausesCycle));
        Assert.Equal((failureClass, needsPerson), (transcript.Failure.Class, transcript.Failure.NeedsPerson));
        Assert.Contains(names, transcript.Read, StringComparison.Ordinal);
        Assert.Contains(nextStep, transcript.Read, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", transcript.Read, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(needsPerson ? LogLevel.Error : LogLevel.Warning, watched.Logs.Lines.Single(line => line.Id == 2000).Level);

        if (failureClass != PollFailureClass.Throttled) Assert.True((await Transcript.OfPollAsync(watched)).CausesCycle);
    }

    [Theory]
    [InlineData("40", 40)]
    [InlineData("0", 0)]
    [InlineData("Sun, 22 Nov 2026 08:02:02 GMT", 122)]
    [InlineData("Sun, 22 Nov 2026 07:00:00 GMT", 0)]
    [InlineData("99999999", 86400)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Each_form_of_Retry_After_of_the_sign_in_is_handed_on_whole_or_not_at_all(string? header, int? seconds)
    {
        foreach (var status in new[] { 429, 503 })
        {
            await using var watched = await WatchedTenant.StartWithBaselineAsync();
            watched.Restart();
            watched.FailSignIn(new Fault.Answer(status, "{}")
            {
                Headers = header is null ? [] : new Dictionary<string, string> { ["Retry-After"] = header },
            });
            var failure = (await Transcript.OfPollAsync(watched)).Failure;
            Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null, failure.RetryAfter);
        }
    }
}
