using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MimHybrid.Alerts.Tests.Channels;

/// <summary>A real HTTPS server on loopback that keeps what it is posted and answers as it is told.</summary>
internal sealed class HookCatcher : IAsyncDisposable
{
    private readonly WebApplication server;

    private HookCatcher(WebApplication server) => this.server = server;

    public List<(IReadOnlyDictionary<string, string> Headers, string Body)> Posted { get; } = [];

    /// <summary>Methods and addresses, without the server.</summary>
    public List<string> Asked { get; } = [];

    public string Address => server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook?sig=planted-key";

    public static async Task<HookCatcher> StartAsync(Func<HttpContext, Task>? answer = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(MailCatcher.MakeCertificate())));
        var app = builder.Build();
        var catcher = new HookCatcher(app);
        app.Run(async context =>
        {
            catcher.Asked.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            using var reader = new StreamReader(context.Request.Body);
            catcher.Posted.Add((context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), await reader.ReadToEndAsync()));
            if (answer is not null) await answer(context);
        });
        await app.StartAsync();
        return catcher;
    }

    /// <summary>A client that takes the server's certificate, and is in everything else the product's.</summary>
    public static HttpClient MakeClient() => Alerts.Channels.HttpTrouble.MakeClient(handler: new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
    });

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
