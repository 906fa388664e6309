using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>By HTTPS, to whatever takes a message there. The address is a secret, and in no error.</summary>
internal sealed class WebhookChannel(string name, WebhookSettings settings, AlertWords words, TimeProvider time, HttpWay way)
    : IAlertChannel
{
    public const string SignatureHeader = "X-MimHybrid-Signature";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string Name { get; } = AlertSettings.WebhookName(name);

    private readonly HttpTrouble trouble = new($"The webhook {name}", time);

    public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken) => trouble.Within(Patience).MakeAsync(
        async limit =>
        {
            using var request = Compose(message);
            // its body is not read: it says nothing that the code does not, and may never end
            using var answer = await way.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
            return trouble.Judge(answer);
        },
        cancellationToken);

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken) => (await trouble.Within(Patience).MakeAsync(
        limit => HttpTrouble.ConnectAsync(new Uri(settings.Address), way.Proxy, limit), cancellationToken)).Error;

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
}

/// <summary>How addresses are reached.</summary>
/// <param name="Client">Follows no redirect (<see cref="HttpTrouble.MakeClient"/>).</param>
/// <param name="Proxy">The proxy of the settings; null: whatever is this account's.</param>
internal sealed record HttpWay(HttpClient Client, System.Net.IWebProxy? Proxy = null);
