using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MimHybrid.Alerts.Channels;

/// <summary>What is said where an address does not take what it should. The address is a secret, and in no sentence.</summary>
/// <param name="Who">"The webhook Ops".</param>
/// <param name="Time">For a date in an answer.</param>
internal sealed record HttpTrouble(string Who, TimeProvider Time)
{
    private string NotFound => $"The server of {Lower(Who)} cannot be found: its name is not known.";

    private string Untrusted => $"{Who} has a certificate that this server does not trust.";

    private string Unreachable => $"{Who} cannot be reached.";

    /// <summary>One go, with a deadline.</summary>
    public Attempt Within(TimeSpan patience) => new(
        patience, string.Create(CultureInfo.InvariantCulture, $"{Who} did not answer within {patience.TotalSeconds:0} seconds."), Explain);

    /// <summary>Follows no redirect: the message, and the key in its headers, would go to whoever the answer names.</summary>
    public static HttpClient MakeClient(IWebProxy? proxy = null, HttpMessageHandler? handler = null)
    {
        var own = new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (proxy is not null) (own.UseProxy, own.Proxy) = (true, proxy);
        return new HttpClient(handler ?? own) { Timeout = Timeout.InfiniteTimeSpan }; // each call has its own
    }

    /// <summary>
    /// A connection with its certificate, and not a word over it: whatever is sent there is a message to somebody. Where a proxy is set it
    /// is the proxy that is looked at.
    /// </summary>
    public static async Task<Delivery> ConnectAsync(Uri address, IWebProxy? proxy, CancellationToken cancellationToken)
    {
        var through = proxy?.IsBypassed(address) == false ? proxy.GetProxy(address) : null;
        var to = through ?? address;
        using var connection = new TcpClient();
        await connection.ConnectAsync(to.Host, to.Port, cancellationToken);
        if (through is not null || address.Scheme != Uri.UriSchemeHttps) return Delivery.Done;
        await using var tls = new SslStream(connection.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
        return Delivery.Done;
    }

    public Delivery Judge(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return Delivery.Done;
        var after = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - Time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        var code = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
        return new Delivery(answer.StatusCode switch
        {
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                $"{Who} answered that it has moved ({code}). Set its new address: a redirect is not followed.",
            HttpStatusCode.Gone or HttpStatusCode.NotFound => $"{Who} is no longer there ({code}). Set its new address.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"{Who} does not let the agent in ({code}).",
            HttpStatusCode.TooManyRequests => $"{Who} has had too many messages ({code}).",
            >= HttpStatusCode.InternalServerError => $"{Who} failed ({code}).",
            _ => $"{Who} refuses the message ({code}).",
        }, after);
    }

    private string? Explain(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Untrusted,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Unreachable,
        HttpRequestException => $"{Who} gave no answer that can be used.",
        AuthenticationException => Untrusted,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => NotFound,
        SocketException or IOException => Unreachable,
        _ => null,
    };

    private static string Lower(string who) => char.ToLowerInvariant(who[0]) + who[1..];
}
