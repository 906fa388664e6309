using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>
/// Certificates of the account's store. MSAL dates what it signs by the machine's clock, so these tenants go by the same; the agent's
/// own clock is the tests'.
/// </summary>
public sealed class CertificateTests
{
    private static readonly TimeProvider Machine = TimeProvider.System;
    private static readonly DateTimeOffset Now = Machine.GetUtcNow();

    private readonly string subject = StoreCertificate.NewSubject();
    private readonly FakeTimeProvider clock = new(Now);

    private static Task<SandboxTenant> StartTenantAsync() =>
        SandboxTenant.StartAsync(new SandboxTenantOptions(), Machine, TestContext.Current.CancellationToken);

    private static void Register(SandboxTenant tenant, StoreCertificate certificate) =>
        tenant.Apps.Register(new TenantApp(tenant.ClientId, null) { Certificate = certificate.Certificate });

    private GraphConnection Connect(SandboxTenant tenant, Action<GraphSettings> choose)
    {
        var settings = GraphSettingsOf.Tenant(tenant);
        settings.ClientSecret = null;
        choose(settings);
        return new GraphConnection(settings, clock, tenant.CreateTrustingHandler);
    }

    private static async Task<PollFailure?> AskAsync(GraphConnection graph) =>
        await graph.GetPageAsync(graph.Links.First, TestContext.Current.CancellationToken) is GraphReply<DeltaPage>.Refusal refusal
            ? refusal.Error.Failure
            : null;

    [Theory]
    [InlineData("{0}")]
    [InlineData("cn={0}, o=contoso")]
    public async Task The_newest_valid_one_of_the_subject_signs_in(string written)
    {
        using var old = new StoreCertificate(subject, Now.AddDays(-300), Now.AddDays(20));
        using var newest = new StoreCertificate(subject, Now.AddDays(-5), Now.AddDays(360));
        using var future = new StoreCertificate(subject, Now.AddDays(5), Now.AddDays(370));
        using var namesake = new StoreCertificate(subject + " Test", Now.AddDays(-1), Now.AddDays(365));
        await using var tenant = await StartTenantAsync();
        Register(tenant, newest);

        using var graph = Connect(tenant, settings => settings.CertificateSubject = string.Format(null, written, subject));
        Assert.Null(await AskAsync(graph));
        Assert.Equal(("Certificate", newest.Certificate.NotAfter), (graph.Credential.Kind, graph.Credential.ExpiresAt!.Value.LocalDateTime));
    }

    [Fact]
    public async Task A_renewed_one_is_picked_up_within_the_hour_and_not_looked_for_before()
    {
        using var old = new StoreCertificate(subject, Now.AddDays(-300), Now.AddDays(20));
        await using var tenant = await StartTenantAsync();
        Register(tenant, old);
        using var graph = Connect(tenant, settings => settings.CertificateSubject = subject);
        Assert.Null(await AskAsync(graph));

        using var renewed = new StoreCertificate(subject, Now.AddMinutes(-1), Now.AddDays(365));
        Register(tenant, renewed);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Null(await AskAsync(graph));
        Assert.Equal(1, tenant.Requests.Count(request => request.IsTokenRequest));

        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await AskAsync(graph));
        Assert.Equal(2, tenant.Requests.Count(request => request.IsTokenRequest));
        Assert.Equal(renewed.Certificate.NotAfter, graph.Credential.ExpiresAt!.Value.LocalDateTime);
    }

    [Fact]
    public async Task One_that_ends_is_replaced_at_its_end_or_said_to_have_expired()
    {
        using var ending = new StoreCertificate(subject, Now.AddDays(-300), Now.AddMinutes(30));
        await using var tenant = await StartTenantAsync();
        Register(tenant, ending);
        using var graph = Connect(tenant, settings => settings.CertificateSubject = subject);
        Assert.Null(await AskAsync(graph));

        clock.Advance(TimeSpan.FromMinutes(31));
        var failure = await AskAsync(graph);
        Assert.Equal((PollFailureClass.Configuration, true), (failure!.Class, failure.NeedsPerson));
        Assert.Contains("Graph:CertificateSubject expired on", failure.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("The certificate expired on", graph.Credential.Warning(clock.GetUtcNow()), StringComparison.Ordinal);

        using var renewed = new StoreCertificate(subject, Now.AddMinutes(-1), Now.AddDays(365));
        Register(tenant, renewed);
        Assert.Null(await AskAsync(graph));
        Assert.Null(graph.Credential.Warning(clock.GetUtcNow()));
    }

    [Fact]
    public async Task One_that_is_named_by_its_thumbprint_and_has_expired_is_not_even_tried()
    {
        using var expired = new StoreCertificate(subject, Now.AddDays(-300), Now.AddDays(-1));
        await using var tenant = await StartTenantAsync();
        using var graph = Connect(tenant, settings => settings.CertificateThumbprint = expired.Certificate.Thumbprint);
        var sentence = (await AskAsync(graph))!.Sentence;
        Assert.Contains("Graph:CertificateThumbprint expired on", sentence, StringComparison.Ordinal);
        Assert.Contains("set Graph:CertificateThumbprint to its thumbprint and start the agent again", sentence, StringComparison.Ordinal);
        Assert.Empty(tenant.Requests.All);
    }

    [Fact]
    public async Task One_that_is_not_valid_yet_says_so()
    {
        using var future = new StoreCertificate(subject, Now.AddDays(2), Now.AddDays(300));
        await using var tenant = await StartTenantAsync();
        using var graph = Connect(tenant, settings => settings.CertificateSubject = subject);
        Assert.Contains("valid only from", (await AskAsync(graph))!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_an_RSA_key_is_a_matter_of_the_settings_and_nothing_is_sent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var curve = new StoreCertificate(subject, Now.AddDays(-1), Now.AddDays(300), key);
        await using var tenant = await StartTenantAsync();
        using var graph = Connect(tenant, settings => settings.CertificateSubject = subject);
        var failure = await AskAsync(graph);
        Assert.Equal((PollFailureClass.Configuration, true), (failure!.Class, failure.NeedsPerson));
        Assert.Contains("Graph:CertificateSubject has no RSA key", failure.Sentence, StringComparison.Ordinal);
        Assert.Empty(tenant.Requests.All);

        using var good = new StoreCertificate(subject, Now.AddDays(-2), Now.AddDays(300));
        Register(tenant, good);
        Assert.Null(await AskAsync(graph));
    }

    [Fact]
    public async Task One_that_the_application_does_not_know_is_AADSTS700027()
    {
        using var stranger = new StoreCertificate(subject, Now.AddDays(-1), Now.AddDays(300));
        await using var tenant = await StartTenantAsync();
        using var graph = Connect(tenant, settings => settings.CertificateSubject = subject);
        Assert.Contains("AADSTS700027", (await AskAsync(graph))!.Sentence, StringComparison.Ordinal);
    }
}
