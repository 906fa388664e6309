using System.Net;

namespace MimHybrid.Graph;

/// <summary>The sockets under Graph and under the sign-in: same proxy, no redirects.</summary>
internal static class Transport
{
    /// <summary>Long enough to spare handshakes, short enough to notice that DNS points elsewhere.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A managed identity is asked on this machine: no proxy leads there, and the request carries no secret.</summary>
    public static HttpMessageHandler CreateSignInHandler(GraphSettings settings, Func<HttpMessageHandler>? createHandler) =>
        settings.ManagedIdentity
            ? new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }
            : CreateHandler(settings, createHandler);

    /// <param name="settings">Valid settings.</param>
    /// <param name="createHandler">Makes a handler with trust of its own, for the sandbox; null: the system's trust.</param>
    public static HttpMessageHandler CreateHandler(GraphSettings settings, Func<HttpMessageHandler>? createHandler)
    {
        var handler = (createHandler ?? (() => new SocketsHttpHandler()))();
        var proxy = ProxySetting.Of(settings.Proxy);
        switch (handler)
        {
            case SocketsHttpHandler sockets:
                (sockets.AllowAutoRedirect, sockets.AutomaticDecompression) = (false, DecompressionMethods.All);
                sockets.PooledConnectionLifetime = ConnectionLifetime;
                if (proxy is not null) (sockets.UseProxy, sockets.Proxy) = (true, proxy);
                break;
            case HttpClientHandler client:
                (client.AllowAutoRedirect, client.AutomaticDecompression) = (false, DecompressionMethods.All);
                if (proxy is not null) (client.UseProxy, client.Proxy) = (true, proxy);
                break;
        }

        return handler;
    }
}
