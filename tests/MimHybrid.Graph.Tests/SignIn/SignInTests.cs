using MimHybrid.Graph.Requests;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.SignIn;

public sealed class SignInTests
{
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

    /// <summary>An access token has the permissions of the moment in which it was made, and lasts about an hour.</summary>
    [Fact]
    public async Task Consent_that_is_given_is_seen_at_the_next_poll()
    {
        await using var watched = await WatchedTenant.StartAsync();
        var app = watched.App;
        watched.Tenant.Apps.Register(app with { Roles = [] });
        await watched.PollInVainAsync();
        watched.Tenant.Apps.Register(app);
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
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
    public async Task One_that_has_trouble_and_asks_for_a_wait_keeps_its_sentence_while_MSAL_does_not_ask()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailSignIn(new Fault.Answer(503, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "40" } });
        Assert.Equal(await watched.PollInVainAsync(), await watched.PollInVainAsync());
        Assert.Equal((1, 1), (watched.Tenant.Requests.Count(request => request.IsTokenRequest), watched.Logs.Count(2000)));
    }

    [Fact]
    public async Task What_a_person_has_to_mend_is_told_once_and_again_when_it_becomes_something_else()
    {
        await using var watched = await WatchedTenant.StartAsync();
        var app = watched.App;
        watched.Tenant.Apps.Register(app with { SecretExpired = true });
        await watched.PollInVainAsync();
        await watched.PollInVainAsync();
        watched.Tenant.Apps.Register(app with { ClientSecret = "another one" });
        await watched.PollInVainAsync();
        var told = watched.Logs.Lines.Where(line => line.Id == 2000).Select(line => line.Text).ToList();
        Assert.Contains("AADSTS7000222", told[0], StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", Assert.Single(told.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_Graph_refuses_is_not_sent_again()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.FailDelta(Fault.Error(401, "InvalidAuthenticationToken", ""), count: 2);
        Assert.False((await watched.PollInVainAsync()).NeedsPerson);
        Assert.True((await watched.PollInVainAsync()).NeedsPerson);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(3, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
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
        var now = watched.Clock.GetUtcNow();
        using var stored = new StoreCertificate(StoreCertificate.NewSubject(), now.AddDays(-1), now.AddDays(1));
        watched.Tenant.Apps.Register(watched.App with { ClientSecret = null, Certificate = stored.Certificate });
        watched.Restart(settings => (settings.ClientSecret, settings.CertificateThumbprint) = (null, stored.Certificate.Thumbprint));
        Assert.Equal(new PollResult.BaselineRead(0, 0, 0), await watched.PollAsync());
    }
}
