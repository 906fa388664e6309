using System.Net;
using System.Text;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>
/// Continuous access evaluation: Graph may want another token at any time, and says which (MimHybrid.Graph/README.md#refused-tokens).
/// </summary>
public sealed class ClaimsTests
{
    private const string Wanted = """{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}""";

    private static readonly Fault Challenge = new Fault.Answer(401, "{}")
    {
        Headers = new Dictionary<string, string>
        {
            ["WWW-Authenticate"] = $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Wanted))}\"",
        },
    };

    [Fact]
    public async Task A_challenge_is_met_at_once_with_a_token_for_these_claims_and_our_own()
    {
        await using var watched = await WatchedTenant.StartAsync();
        List<string> forms = [];
        using var graph = new GraphConnection(watched.Settings, watched.Clock, () => new FormKeeper(watched.Tenant.CreateTrustingHandler(), forms));
        watched.FailDelta(Challenge);

        Assert.IsType<GraphReply<DeltaPage>.Answer>(await graph.GetPageAsync(graph.Links.First, TestContext.Current.CancellationToken));
        Assert.Equal(2, forms.Count);
        Assert.Contains("xms_cc", forms[0], StringComparison.Ordinal);
        Assert.DoesNotContain("1604106651", forms[0], StringComparison.Ordinal);
        Assert.Contains("xms_cc", forms[1], StringComparison.Ordinal);
        Assert.Contains("1604106651", forms[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_challenge_that_comes_again_ends_the_poll()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.FailDelta(Challenge, count: 2);
        Assert.Equal(PollFailureClass.SignIn, (await watched.PollInVainAsync()).Class);
        Assert.Equal(2, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    /// <summary>Keeps what is posted, which is only ever sent for a token.</summary>
    private sealed class FormKeeper : DelegatingHandler
    {
        private readonly List<string> forms;

        public FormKeeper(HttpMessageHandler inner, List<string> forms)
            : base(inner)
        {
            this.forms = forms;
            ((SocketsHttpHandler)inner).AutomaticDecompression = DecompressionMethods.All;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null) forms.Add(WebUtility.UrlDecode(await request.Content.ReadAsStringAsync(cancellationToken)));
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
