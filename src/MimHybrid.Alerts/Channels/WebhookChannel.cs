using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>By HTTPS, to whatever takes a message there. The address is a secret, and in no error.</summary>
internal sealed class WebhookChannel(string name, WebhookSettings settings, AlertWords words, TimeProvider time, HttpClient client)
    : IAlertChannel
{
    public const string SignatureHeader = "X-MimHybrid-Signature";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name { get; } = AlertSettings.WebhookName(name);

    private string NotFound => $"The server of the webhook {name} cannot be found: its name is not known.";

    private string Untrusted => $"The webhook {name} has a certificate that this server does not trust.";

    private string Unreachable => $"The webhook {name} cannot be reached.";

    private Attempt Attempt => new(Patience, $"The webhook {name} did not answer within {Patience.TotalSeconds:0} seconds.", Explain);

    public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken) => Attempt.MakeAsync(
        async limit =>
        {
            using var request = Compose(message);
            // its body is not read: it says nothing that the code does not, and may never end
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            return Judge(answer);
        },
        cancellationToken);

    /// <summary>A connection with its certificate, and not a word over it: whatever is posted there is a message to somebody.</summary>
    public async Task<string?> ProbeAsync(CancellationToken cancellationToken) => (await Attempt.MakeAsync(
        async limit =>
        {
            var address = new Uri(settings.Address);
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, limit);
            if (address.Scheme != Uri.UriSchemeHttps) return Delivery.Done;
            await using var tls = new SslStream(connection.GetStream());
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, limit);
            return Delivery.Done;
        },
        cancellationToken)).Error;

    private string? Explain(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotFound,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => Untrusted,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => Unreachable,
        HttpRequestException => $"The webhook {name} gave no answer that can be used.",
        AuthenticationException => Untrusted,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => NotFound,
        SocketException or IOException => Unreachable,
        _ => null,
    };

    /// <summary>Follows no redirect: the message, and the key in its headers, would go to whoever the answer names.</summary>
    public static HttpClient MakeClient(HttpMessageHandler? handler = null) =>
        new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each call has its own
        };

    internal HttpRequestMessage Compose(AlertMessage message)
    {
        var body = settings.Shape == WebhookShape.AdaptiveCard ? WebhookBody.Card(message, words) : WebhookBody.Json(message, words);
        var request = new HttpRequestMessage(HttpMethod.Post, settings.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        foreach (var (header, value) in settings.Headers) request.Headers.TryAddWithoutValidation(header, value);
        if (settings.SigningKey.Length > 0) request.Headers.TryAddWithoutValidation(SignatureHeader, Sign(body));
        return request;
    }

    /// <summary>Of the time and the body together: an old message cannot be sent again by somebody else.</summary>
    private string Sign(byte[] body)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{at}."), .. body];
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings.SigningKey), signed);
        return $"t={at},v1={Convert.ToHexStringLower(signature)}";
    }

    private Delivery Judge(HttpResponseMessage answer)
    {
        if (answer.IsSuccessStatusCode) return Delivery.Done;
        var after = answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        var code = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)answer.StatusCode}");
        return new Delivery(answer.StatusCode switch
        {
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest =>
                $"The webhook {name} answered that it has moved ({code}). Set its new address: a redirect is not followed.",
            HttpStatusCode.Gone or HttpStatusCode.NotFound => $"The webhook {name} is no longer there ({code}). Set its new address.",
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => $"The webhook {name} does not let the agent in ({code}).",
            HttpStatusCode.TooManyRequests => $"The webhook {name} has had too many messages ({code}).",
            >= HttpStatusCode.InternalServerError => $"The webhook {name} failed ({code}).",
            _ => $"The webhook {name} refuses the message ({code}).",
        }, after);
    }
}
