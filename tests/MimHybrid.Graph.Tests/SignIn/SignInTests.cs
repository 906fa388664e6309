using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

public sealed class SignInTests
{
    private static Fault Refusal(int code) => new Fault.Answer(400,
        $$"""{"error":"invalid_request","error_description":"AADSTS{{code}}: planted text.","error_codes":[{{code}}]}""");

    [Theory]
    [InlineData(7000222, true, "expired")]
    [InlineData(7000215, true, "Graph:ClientSecret")]
    [InlineData(700027, true, "Graph:CertificateThumbprint")]
    [InlineData(700016, true, "Graph:ClientId")]
    [InlineData(90002, true, "Graph:TenantId")]
    [InlineData(500011, true, "Graph:Cloud")]
    [InlineData(53003, true, "Conditional Access")]
    [InlineData(700024, true, "clock")]
    [InlineData(90033, false, "tries again")]
    [InlineData(1234567, true, "look the code up")]
    public async Task A_known_code_comes_with_the_next_step(int code, bool needsPerson, string says)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailSignIn(Refusal(code));
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.SignIn, needsPerson), (failure.Class, failure.NeedsPerson));
        Assert.Contains($"AADSTS{code}", failure.Sentence, StringComparison.Ordinal);
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", failure.Sentence, StringComparison.Ordinal);
        Assert.IsType<PollResult.Enumerated>(await watched.PollAsync());
    }

    public static TheoryData<Action<WatchedTenant>, string> RealRefusals => new()
    {
        { watched => watched.Tenant.Apps.Register(watched.App with { SecretExpired = true }), "AADSTS7000222" },
        { watched => watched.Restart(settings => settings.ClientSecret = "planted"), "AADSTS7000215" },
        { watched => watched.Restart(settings => settings.ClientId = Guid.NewGuid().ToString()), "AADSTS700016" },
        { watched => watched.Restart(settings => settings.TenantId = Guid.NewGuid().ToString()), "AADSTS90002" },
        { watched => watched.Restart(settings => settings.Cloud = GraphCloud.China), "AADSTS500011" },
    };

    [Theory]
    [MemberData(nameof(RealRefusals), DisableDiscoveryEnumeration = true)]
    public async Task What_the_token_endpoint_refuses_needs_a_person(Action<WatchedTenant> spoil, string says)
    {
        await using var watched = await WatchedTenant.StartAsync();
        spoil(watched);
        var failure = await watched.PollInVainAsync();
        Assert.True(failure.NeedsPerson);
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        Assert.Equal(0, watched.Tenant.Requests.Count(request => request.IsDelta));
    }

    [Fact]
    public async Task Missing_consent_is_a_matter_of_permission()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Tenant.Apps.Register(watched.App with { Roles = [] });
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Permission, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains("User.Read.All", failure.Sentence, StringComparison.Ordinal);
        Assert.NotNull(failure.RequestId);
    }

    public static TheoryData<Fault, PollFailureClass> Troubles => new()
    {
        { Fault.Empty(503), PollFailureClass.ServerError },
        { Fault.Html(200), PollFailureClass.Malformed },
        { Fault.Html(502), PollFailureClass.ServerError },
        { new Fault.Reset(), PollFailureClass.Unreachable },
        { new Fault.Answer(429, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "40" } }, PollFailureClass.Throttled },
    };

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task Trouble_on_the_way_to_a_token_passes_without_a_person(Fault fault, PollFailureClass failureClass)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailSignIn(fault);
        var failure = await watched.PollInVainAsync();
        Assert.Equal((failureClass, false), (failure.Class, failure.NeedsPerson));
        Assert.Equal(1, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
    }

    [Fact]
    public async Task A_throttled_sign_in_says_how_long_to_wait_and_is_not_asked_again_meanwhile()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailSignIn(new Fault.Answer(429, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "40" } });
        Assert.Equal(TimeSpan.FromSeconds(40), (await watched.PollInVainAsync()).RetryAfter);
        Assert.Equal(PollFailureClass.Throttled, (await watched.PollInVainAsync()).Class);
        Assert.Equal(1, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
    }

    [Fact]
    public async Task A_token_that_Graph_refuses_is_not_sent_again()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        watched.FailDelta(Fault.Error(401, "InvalidAuthenticationToken", ""), count: 2);
        Assert.False((await watched.PollInVainAsync()).NeedsPerson);
        Assert.True((await watched.PollInVainAsync()).NeedsPerson);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(3, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
    }

    [Fact]
    public async Task A_challenge_for_claims_is_met_within_the_poll()
    {
        await using var watched = await WatchedTenant.StartEnumeratedAsync();
        var claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"""));
        var challenge = $"Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"";
        watched.FailDelta(new Fault.Answer(401, "{}") { Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = challenge } });
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(2, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_nothing()
    {
        await using var watched = await WatchedTenant.StartAsync();
        using var distrustful = new GraphConnection(watched.Settings, watched.Clock);
        var reply = await distrustful.GetPageAsync(distrustful.Links.First, TestContext.Current.CancellationToken);
        var failure = Assert.IsType<GraphReply<MimHybrid.Graph.Delta.DeltaPage>.Refusal>(reply).Error.Failure;
        Assert.Equal((PollFailureClass.Unreachable, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains("certificate", failure.Sentence, StringComparison.Ordinal);
        Assert.Empty(watched.Tenant.Requests.All);
    }

    [Fact]
    public async Task A_certificate_that_is_not_there_is_named()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => (settings.ClientSecret, settings.CertificateThumbprint) = (null, new string('0', 40)));
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Configuration, true), (failure.Class, failure.NeedsPerson));
        Assert.Contains("Graph:CertificateThumbprint", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_accounts_store_signs_in()
    {
        // MSAL dates its assertion by the machine's clock, so this tenant has to go by the same.
        await using var watched = await WatchedTenant.StartAsync(now: TimeProvider.System.GetUtcNow());
        using var certificate = CreateCertificate(watched.Clock.GetUtcNow());
        using var store = new X509Store(StoreName.My, StoreLocation.CurrentUser, OpenFlags.ReadWrite);
        store.Add(certificate);
        try
        {
            watched.Tenant.Apps.Register(watched.App with { ClientSecret = null, Certificate = certificate });
            watched.Restart(settings => (settings.ClientSecret, settings.CertificateThumbprint) = (null, certificate.Thumbprint));
            Assert.Equal(new PollResult.Enumerated(0, 0, 0), await watched.PollAsync());
        }
        finally
        {
            store.Remove(certificate);
        }
    }

    private static X509Certificate2 CreateCertificate(DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=MimHybrid.Graph.Tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.PersistKeySet);
    }
}
