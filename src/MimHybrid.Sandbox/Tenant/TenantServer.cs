using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>The web server: Kestrel on loopback with nothing that it does not need, no console output, no signal handling.</summary>
internal static class TenantServer
{
    public static WebApplication Build(SandboxTenantOptions options, X509Certificate2 certificate, FaultScript faults)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => ServeUnlessOut(connection, next, faults));
            });
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.UseHttps(certificate));
            if (options.PlainHttp) kestrel.Listen(IPAddress.Loopback, 0);
        });
        return builder.Build();
    }

    /// <summary>The port of the scheme; null where it is not spoken.</summary>
    public static int? PortOf(WebApplication server, string scheme) =>
        server.Urls.Select(url => new Uri(url)).FirstOrDefault(url => url.Scheme == scheme)?.Port;

    private static Task ServeUnlessOut(ConnectionContext connection, ConnectionDelegate next, FaultScript faults)
    {
        if (!faults.Outage)
            return next(connection);

        connection.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The server lives inside a program that handles Ctrl+C itself.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
