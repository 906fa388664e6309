using Microsoft.Extensions.Time.Testing;
using MimHybrid.Graph.Requests;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>
/// Each form of an error (MimHybrid.Graph/README.md#the-errors-of-the-sdk), and what else a server or something before it may return.
/// </summary>
public sealed class ErrorAnswersTests
{
    private static Fault Redirect(int status, string? location) => new Fault.Answer(status, "", "")
    {
        Headers = location is null ? [] : new Dictionary<string, string> { ["Location"] = location },
    };

    private static Fault.Answer Trouble(string body) => new(500, body);

    public static TheoryData<Fault, PollFailureClass, bool, string> Shapes => new()
    {
        // Graph's own JSON
        { Fault.Throttled(null), PollFailureClass.Throttled, false, "429 TooManyRequests" },
        { Fault.Unavailable(), PollFailureClass.ServerError, false, "503 UnknownError" },
        { Fault.Error(500, "InternalServerError", "planted"), PollFailureClass.ServerError, false, "500 InternalServerError" },
        { Fault.Error(502, "BadGateway", "planted"), PollFailureClass.ServerError, false, "502 BadGateway" },
        { Fault.Error(504, "GatewayTimeout", "planted"), PollFailureClass.ServerError, false, "504 GatewayTimeout" },
        { Fault.Error(401, "InvalidAuthenticationToken", "planted"), PollFailureClass.SignIn, false, "401 InvalidAuthenticationToken" },
        { Fault.Error(403, "Authorization_RequestDenied", "planted"), PollFailureClass.Permission, true, "User.Read.All" },
        { Fault.Error(403, "AccessDenied", "planted"), PollFailureClass.Permission, true, "403 AccessDenied" },
        { Fault.Error(408, "RequestTimeout", "planted"), PollFailureClass.Unreachable, false, "408 RequestTimeout" },
        { Fault.Error(400, "planted words, no code", "planted"), PollFailureClass.ServerError, false, "(400)" },

        // The same as other services and gateways write it, and text that is not Unicode
        { Trouble("\uFEFF{\"error\":{\"code\":\"InternalServerError\"}}"), PollFailureClass.ServerError, false, "500 InternalServerError" },
        { Trouble("""{"error":{"code":"\ud800planted","innerError":{"code":"inner"}}}"""), PollFailureClass.ServerError, false, "500 inner" },
        { Trouble("""{"error":{"\ud800":1,"code":"Half","message":"\udc00"}}"""), PollFailureClass.ServerError, false, "500 Half" },
        { Trouble("""{"odata.error":{"code":"Request_BadRequest"}}"""), PollFailureClass.ServerError, false, "500 Request_BadRequest" },
        { Trouble("""{"code":"ServiceUnavailable","message":"planted"}"""), PollFailureClass.ServerError, false, "500 ServiceUnavailable" },
        { Trouble("""{"error":{"code":17,"innerError":[{"code":"planted"}]}}"""), PollFailureClass.ServerError, false, "(500)" },

        // No body, html, what calls itself JSON and is none
        { Fault.Empty(500), PollFailureClass.ServerError, false, "(500)" },
        { Fault.Empty(502), PollFailureClass.ServerError, false, "(502)" },
        { Fault.Html(504), PollFailureClass.ServerError, false, "(504)" },
        { Fault.Html(403), PollFailureClass.Permission, true, "proxy" },
        { Fault.Html(401), PollFailureClass.ServerError, false, "(401)" },
        { Fault.Html(404), PollFailureClass.ServerError, false, "(404)" },
        { Fault.Html(407), PollFailureClass.Unreachable, false, "proxy" },
        { new Fault.Answer(503, "{\"error\":{\"code\":\"planted"), PollFailureClass.ServerError, false, "(503)" },
        { new Fault.Answer(500, "[1]"), PollFailureClass.ServerError, false, "(500)" },
        { new Fault.Answer(500, """{"error":"planted"}"""), PollFailureClass.ServerError, false, "(500)" },

        // Redirects are not followed, wherever they lead
        { Redirect(302, "https://evil.example/planted"), PollFailureClass.Unreachable, false, "redirects" },
        { Redirect(307, "http://evil.example/planted"), PollFailureClass.Unreachable, false, "redirects" },
        { Redirect(302, null), PollFailureClass.Unreachable, false, "redirects" },

        // The connection
        { new Fault.Reset(), PollFailureClass.Unreachable, false, "broke" },
        { new Fault.CutBody(), PollFailureClass.Unreachable, false, "broke" },
    };

    [Theory]
    [MemberData(nameof(Shapes), DisableDiscoveryEnumeration = true)]
    public Task A_bad_answer_leaves_everything_as_it_was(Fault fault, PollFailureClass failureClass, bool needsPerson, string says) =>
        BadAnswer.PlayAsync(fault, failureClass, needsPerson, says);

    [Theory]
    [InlineData("Could not find a property named 'employeeId' on type 'microsoft.graph.user' planted.", "employeeId")]
    [InlineData("Tracking changes of \"EMPLOYEEID\" is not supported: planted", "employeeId")]
    public async Task A_refused_selection_names_which_of_our_names_was_objected_to_and_quotes_nothing_else(string message, string names)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => settings.Select = ["id", "userType", "mail", "employeeId"]);
        watched.FailDelta(Fault.Error(400, "BadRequest", message));
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Configuration, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains($"objects to {names} in Graph:Select", failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Retry_After_that_is_a_date_is_measured_by_the_answers_own_clock()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Tenant.Faults.Next(Fault.Throttled("Sun, 22 Nov 2026 08:02:02 GMT"), when: request => !request.IsTokenRequest);
        using var graph = new GraphConnection(
            watched.Settings, new FakeTimeProvider(watched.Clock.GetUtcNow().AddHours(1)), watched.Tenant.CreateTrustingHandler);
        var reply = await graph.CountAsync(graph.Links.UserCount, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(122), Assert.IsType<GraphReply<long>.Refusal>(reply).Error.Failure.RetryAfter);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("3600", 3600)]
    [InlineData("Sun, 22 Nov 2026 08:02:02 GMT", 122)]
    [InlineData("Sunday, 22-Nov-26 08:02:02 GMT", 122)]
    [InlineData("Sun Nov 22 08:02:02 2026", 122)]
    [InlineData("Sun, 22 Nov 2026 07:00:00 GMT", 0)]
    [InlineData("99999999", 86400)]
    [InlineData("99999999999999999999", null)]
    [InlineData("-5", null)]
    [InlineData("1.5", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public async Task Each_form_of_Retry_After_is_handed_on_whole_or_not_at_all(string? header, int? seconds)
    {
        var wait = seconds is { } known ? TimeSpan.FromSeconds(known) : (TimeSpan?)null;
        foreach (var fault in new[] { Fault.Throttled(header), Fault.Unavailable(header) })
        {
            await using var watched = await WatchedTenant.StartWithBaselineAsync();
            Assert.Equal(wait, (await BadAnswer.PlayAsync(watched, fault)).RetryAfter);
        }
    }
}
