using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

[assembly: AssemblyFixture(typeof(LoopbackGraph))]

namespace MimHybrid.Sandbox.Tests.SyncServer.Fixtures;

/// <summary>One HTTPS server on loopback for all tests; each test has a tenant of its own on it.</summary>
public sealed class LoopbackGraph : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, TestTenant> tenants = new();
    private readonly X509Certificate2 certificate = CreateCertificate();
    private WebApplication? application;
    private Uri? address;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        application = builder.Build();
        application.Run(async context =>
        {
            var tenant = tenants[context.Request.Path.Value!.Split('/')[1]];
            await (await tenant.AnswerAsync(context)).ExecuteAsync(context);
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        address = new Uri(application.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        certificate.Dispose();
    }

    internal TestTenant AddTenant()
    {
        var tenant = new TestTenant(address!);
        tenants[tenant.Id] = tenant;
        return tenant;
    }

    /// <summary>A handler that trusts this server and no other.</summary>
    internal HttpMessageHandler CreateHandler() => new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString() },
    };

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
