using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// A Microsoft Entra tenant to try things on: a real HTTPS server on loopback that speaks the token endpoint and the part of
/// Microsoft Graph that concerns guests. Real Azure.Identity and Microsoft.Graph run against it. What it has to keep is in
/// README.md#the-contract-of-the-tenant.
/// </summary>
public sealed partial class SandboxTenant : IAsyncDisposable
{
    private readonly ConcurrentQueue<SentMail> sent = new();
    private readonly TenantAddress address = new();
    private readonly TenantJournal journal;
    private readonly DeltaTokens deltaTokens;
    private readonly WebApplication server;

    private SandboxTenant(SandboxTenantOptions options, TenantJournal journal, TimeProvider time)
    {
        this.journal = journal;
        Certificate = LoopbackCertificate.Create(time.GetUtcNow());
        Directory = new TenantDirectory(journal, new CompactionRule(options.Memory, options.CompactEvery), time);
        Apps = new AppRegistry([.. options.Apps, new TenantApp(ClientId, ClientSecret)]);
        Requests = new RequestRecorder();
        Throttling = new Throttling(journal.Identity.TenantId, time);

        var seal = new TokenSeal(Convert.FromBase64String(journal.Identity.Key));
        deltaTokens = new DeltaTokens(seal, Directory, options, address, time);
        server = TenantServer.Build(options, Certificate, Faults);
        UseSteps(options, time);
        MapRoutes(options, seal, time);
    }

    /// <summary>Graph's root, <c>https://localhost:PORT/v1.0</c>.</summary>
    public Uri GraphBaseUrl => address.GraphBaseUrl;

    /// <summary>
    /// The same over plain HTTP, <c>http://127.0.0.1:PORT/v1.0</c>; null unless <see cref="SandboxTenantOptions.PlainHttp"/>.
    /// </summary>
    public Uri? PlainGraphBaseUrl => address.PlainRoot is { } root ? new Uri(root, "v1.0") : null;

    /// <summary>Where tokens are had, <c>https://localhost:PORT/</c>.</summary>
    public Uri AuthorityHost => address.AuthorityHost;

    public string TenantId => journal.Identity.TenantId;

    public string ClientId => journal.Identity.ClientId;

    public string ClientSecret => journal.Identity.ClientSecret;

    /// <summary>The server's certificate, for localhost, 127.0.0.1 and ::1.</summary>
    public X509Certificate2 Certificate { get; }

    public TenantDirectory Directory { get; }

    public AppRegistry Apps { get; }

    public RequestRecorder Requests { get; }

    public FaultScript Faults { get; } = new();

    /// <summary>What requests cost, and when there were too many.</summary>
    public Throttling Throttling { get; }

    /// <summary>Opens the journal, if there is one, and listens.</summary>
    /// <exception cref="IOException">The port is taken, or another process has the journal.</exception>
    /// <exception cref="InvalidDataException">The journal is damaged before its last line.</exception>
    public static async Task<SandboxTenant> StartAsync(SandboxTenantOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var journal = new TenantJournal(options.JournalPath, NewIdentity(options.ClientId));
        var tenant = new SandboxTenant(options, journal, time);
        try
        {
            await tenant.server.StartAsync(cancellationToken);
        }
        catch
        {
            await tenant.DisposeAsync();
            throw;
        }

        tenant.address.Bind(
            TenantServer.PortOf(tenant.server, Uri.UriSchemeHttps)!.Value, TenantServer.PortOf(tenant.server, Uri.UriSchemeHttp));
        if (journal.BytesCut > 0)
            Log.JournalCut(options.Logger, journal.BytesCut);

        Log.Started(options.Logger, TenantNames.Organization, tenant.GraphBaseUrl, tenant.Directory.HighestUsn);
        return tenant;
    }

    /// <summary>
    /// Makes a handler for clients of this tenant: it trusts exactly the tenant's certificate and uses no proxy. The caller owns it.
    /// </summary>
    public HttpMessageHandler CreateTrustingHandler() => CreateHandlerTrusting(Certificate);

    /// <summary>As <see cref="CreateTrustingHandler"/>, for a process that knows no more of the tenant than its certificate.</summary>
    public static HttpMessageHandler CreateHandlerTrusting(X509Certificate2 certificate) =>
        LoopbackCertificate.CreateTrustingHandler(certificate);

    /// <summary>Declares all delta and next links of users/delta that were given out so far too old.</summary>
    public void ExpireDeltaTokens() => deltaTokens.ExpireAll();

    /// <summary>The mails that were sent over Graph, oldest first.</summary>
    public IReadOnlyCollection<SentMail> SentMails => sent;

    public async ValueTask DisposeAsync()
    {
        // At once: a request that hangs by script would hold an orderly stop for ever.
        await server.StopAsync(new CancellationToken(canceled: true));
        await server.DisposeAsync();
        journal.Dispose();
        Certificate.Dispose();
    }

    private static TenantIdentity NewIdentity(string? clientId) => new(
        TenantId: Guid.NewGuid().ToString(),
        ClientId: clientId ?? Guid.NewGuid().ToString(),
        ClientSecret: Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)),
        Key: Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private void UseSteps(SandboxTenantOptions options, TimeProvider time)
    {
        var correlation = new Correlation(time);
        var faults = new FaultInjection(Faults, address, time);
        server.Use(Requests.InvokeAsync);
        server.Use(correlation.InvokeAsync);
        server.Use((context, next) => AnswerFailuresAsync(context, next, options.Logger));
        server.Use(faults.InvokeAsync);
        server.UseResponseCompression();
    }

    private void MapRoutes(SandboxTenantOptions options, TokenSeal seal, TimeProvider time)
    {
        var accessTokens = new AccessTokens(journal.Identity, options, address, time);
        var bearer = new BearerCheck(accessTokens, address);
        server.UseWhen(IsForGraph, graph => graph.Use(bearer.InvokeAsync).Use(Throttling.InvokeAsync));
        server.UseRouting();

        var users = new UserList(Directory, options, time);
        var pages = new UserPages(users, seal, options, address, time);
        var routes = new TenantRoutes
        {
            Token = new TokenEndpoint(journal.Identity, Apps, accessTokens, options, time),
            Delta = new DeltaEndpoint(Directory, deltaTokens, options, address, time),
            Users = new UsersEndpoint(Directory, users, pages, address),
            Invitations = new InvitationsEndpoint(Directory, address),
            DeletedItems = new DeletedItemsEndpoint(Directory, pages, address),
            SendMail = new SendMailEndpoint(sent),
        };
        routes.Map(server);
    }

    private static bool IsForGraph(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/v1.0", StringComparison.OrdinalIgnoreCase);

    private static async Task AnswerFailuresAsync(HttpContext context, RequestDelegate next, ILogger logger)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away; there is nobody to answer.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path, exception);
            await new SandboxGraphError(500, "InternalServerError", "The sandbox tenant failed.").WriteAsync(context);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5000, LogLevel.Information, "The sandbox tenant {Organization} answers at {GraphBaseUrl}, after {Changes} changes.")]
        public static partial void Started(ILogger logger, string organization, Uri graphBaseUrl, long changes);

        [LoggerMessage(5001, LogLevel.Warning, "The sandbox tenant's journal ended in the middle of a line; {Bytes} bytes were cut.")]
        public static partial void JournalCut(ILogger logger, long bytes);

        [LoggerMessage(5002, LogLevel.Error, "The sandbox tenant failed to answer {Method} {Path}.")]
        public static partial void RequestFailed(ILogger logger, string method, string path, Exception exception);
    }
}
