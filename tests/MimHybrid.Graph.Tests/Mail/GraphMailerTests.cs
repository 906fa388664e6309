using Microsoft.Extensions.Time.Testing;
using MimHybrid.Graph.Requests;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Mail;

/// <summary>Mails over Microsoft Graph, as the tenant's Exchange takes and refuses them.</summary>
public sealed class GraphMailerTests : IAsyncLifetime
{
    private const string Mailbox = "mimhybrid@sandboxtenant.onmicrosoft.com";

    private static readonly byte[] mime = "From: a\r\nSubject: planted words\r\n\r\nbody\r\n"u8.ToArray();

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private SandboxTenant tenant = null!;
    private GraphMailer mailer = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        tenant = await SandboxTenant.StartAsync(new SandboxTenantOptions(), clock, Cancellation);
        mailer = new GraphMailer(GraphSettingsOf.Tenant(tenant), clock, tenant.CreateTrustingHandler);
    }

    [Fact]
    public async Task A_mail_is_sent_as_it_is_from_the_mailbox_that_the_settings_name()
    {
        Assert.Equal((null, null), await mailer.SendAsync(Mailbox, mime, Cancellation));
        var sent = Assert.Single(tenant.SentMails);
        Assert.Equal((Mailbox, System.Text.Encoding.UTF8.GetString(mime)), (sent.Mailbox, sent.Mime));
    }

    [Fact]
    public async Task Without_the_right_it_is_refused_and_with_it_taken_at_the_next_try()
    {
        var app = tenant.Apps.Find(tenant.ClientId)!;
        tenant.Apps.Register(app with { Roles = ["User.Read.All"] });

        var (error, _) = await mailer.SendAsync(Mailbox, mime, Cancellation);
        Assert.StartsWith($"The application may not send mail as {Mailbox} (403 ErrorAccessDenied). Let it, for this mailbox alone:", error, StringComparison.Ordinal);
        using (var other = new GraphMailer(GraphSettingsOf.Tenant(tenant), clock, tenant.CreateTrustingHandler))
            Assert.Equal((false, null), await other.LookAsync(Cancellation));

        tenant.Apps.Register(app);
        Assert.Equal((null, null), await mailer.SendAsync(Mailbox, mime, Cancellation));
        Assert.Equal((true, null), await mailer.LookAsync(Cancellation));
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_named() => Assert.StartsWith(
        "The tenant has no mailbox nobody@elsewhere.example (404 ErrorInvalidUser).", (await mailer.SendAsync("nobody@elsewhere.example", mime, Cancellation)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task Throttling_says_how_long_to_wait()
    {
        tenant.Faults.Next(Fault.Throttled("180"), when: request => request.Path.EndsWith("/sendMail", StringComparison.Ordinal));

        var (error, after) = await mailer.SendAsync(Mailbox, mime, Cancellation);
        Assert.Equal(TimeSpan.FromMinutes(3), after);
        Assert.Contains("429 TooManyRequests", error, StringComparison.Ordinal);
        Assert.Empty(tenant.SentMails);
        Assert.Null((await mailer.SendAsync(Mailbox, mime, Cancellation)).Error);
    }

    /// <summary>Twice in a row is more than a token that has ended; with a mail between that was taken it is not in a row.</summary>
    [Fact]
    public async Task A_token_that_is_refused_now_and_then_is_no_token_that_is_refused_again()
    {
        Assert.StartsWith("Graph did not accept the access token (401).", (await RefusedAsync()).Error, StringComparison.Ordinal);
        Assert.Null((await mailer.SendAsync(Mailbox, mime, Cancellation)).Error);
        Assert.StartsWith("Graph did not accept the access token (401).", (await RefusedAsync()).Error, StringComparison.Ordinal);
        Assert.StartsWith("Graph does not accept the application's access tokens (401).", (await RefusedAsync()).Error, StringComparison.Ordinal);

        Task<(string? Error, TimeSpan? RetryAfter)> RefusedAsync()
        {
            tenant.Faults.Next(new Fault.Answer(401, "", ""), when: request => request.Path.EndsWith("/sendMail", StringComparison.Ordinal));
            return mailer.SendAsync(Mailbox, mime, Cancellation);
        }
    }

    [Fact]
    public async Task Whatever_else_goes_wrong_is_a_sentence_and_no_exception()
    {
        tenant.Faults.Next(Fault.Unavailable(), when: request => request.Path.EndsWith("/sendMail", StringComparison.Ordinal));
        Assert.Contains("503", (await mailer.SendAsync(Mailbox, mime, Cancellation)).Error, StringComparison.Ordinal);

        tenant.Faults.Next(new Fault.Answer(302, "", "") { Headers = new Dictionary<string, string> { ["Location"] = "https://evil.example/" } });
        Assert.Contains("redirects", (await mailer.SendAsync(Mailbox, mime, Cancellation)).Error, StringComparison.Ordinal);

        tenant.Faults.Outage = true;
        Assert.NotNull((await mailer.SendAsync(Mailbox, mime, Cancellation)).Error);
        tenant.Faults.Outage = false;

        tenant.Apps.Register(tenant.Apps.Find(tenant.ClientId)! with { SecretExpired = true });
        using var afresh = new GraphMailer(GraphSettingsOf.Tenant(tenant), clock, tenant.CreateTrustingHandler);
        Assert.Contains("AADSTS7000222", (await afresh.SendAsync(Mailbox, mime, Cancellation)).Error, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        mailer.Dispose();
        await tenant.DisposeAsync();
    }
}
