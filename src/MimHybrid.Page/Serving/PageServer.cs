using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MimHybrid.Page.Serving;

/// <summary>The page while somebody reads it: on this machine alone, for whoever has its key, until they end it or forget it.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly StartKeys keys = new();
    private readonly IdleWatch idle;
    private readonly string root;

    private PageServer(PageSource source, LoopbackSockets sockets)
    {
        idle = new IdleWatch(source.Time);
        root = $"http://127.0.0.1:{sockets.Port}/?{Gate.KeyName}=";
        var (gate, pages) = (new Gate(keys, sockets.Port), new Pages(source));
        server = Build(sockets);
        server.Run(async context =>
        {
            idle.Touch();
            if (!await gate.AnswersAsync(context)) await pages.AnswerAsync(context);
        });
    }

    /// <summary>With the key of this start.</summary>
    public string Address => root + keys.Key;

    /// <summary>With a key that is good for one request.</summary>
    public string AddressForBrowser() => root + keys.IssueOnce();

    /// <param name="source">What is shown.</param>
    /// <param name="port">0 for one that is free.</param>
    /// <exception cref="IOException">Another program has the port.</exception>
    public static async Task<PageServer> StartAsync(PageSource source, int port, CancellationToken cancellationToken)
    {
        var sockets = LoopbackSockets.Bind(port);
        var page = new PageServer(source, sockets);
        await page.server.StartAsync(cancellationToken); // the sockets are the server's from here on, and end with it
        return page;
    }

    /// <summary>Ends when nobody has asked for anything for eight hours, or when it is cancelled. True for the first.</summary>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        await idle.Idle.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return idle.Idle.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        idle.Dispose();
    }

    private static WebApplication Build(LoopbackSockets sockets)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OwnLifetime>();
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = sockets.Give);
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxConcurrentConnections = 100;
            kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
            foreach (var endPoint in sockets.EndPoints) kestrel.Listen(endPoint);
        });
        return builder.Build();
    }

    /// <summary>The command around it handles Ctrl+C itself.</summary>
    private sealed class OwnLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
