using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace MimHybrid.Sandbox.SyncServer.Graph;

/// <summary>The plain HTTP under <see cref="GraphUserReader"/>: signing in, asking, and asking again when Graph says "not now".</summary>
internal sealed class SandboxGraphConnection(GraphAccess access, TimeProvider time) : IDisposable
{
    private const int Attempts = 4;

    private readonly HttpClient http = CreateClient(access);

    /// <summary>Signs in with client credentials; there is no token unless the status is 200.</summary>
    public async Task<(HttpStatusCode Status, string? Token)> SignInAsync(CancellationToken cancellationToken)
    {
        var url = new Uri($"{access.AuthorityHost.AbsoluteUri.TrimEnd('/')}/{access.TenantId}/oauth2/v2.0/token");
        using var response = await SendAsync(() => CreateTokenRequest(url), cancellationToken);
        var token = response.StatusCode == HttpStatusCode.OK ? ReadToken(await ReadJsonAsync(response, cancellationToken)) : null;
        return (response.StatusCode, token);
    }

    /// <summary>
    /// GETs a page; after 429 and 503 it asks again when Graph wants (MimHybrid.Mim/README.md#the-graph-management-agent).
    /// </summary>
    public Task<HttpResponseMessage> GetAsync(Uri url, string token, CancellationToken cancellationToken) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } },
        cancellationToken);

    public static async Task<JsonElement> ReadJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return document.RootElement.Clone();
    }

    public void Dispose() => http.Dispose();

    private static HttpClient CreateClient(GraphAccess access)
    {
        // The time limit is the reader's own, by TimeProvider; HttpClient's would go by the machine's clock.
        var client = new HttpClient(access.HandlerFactory(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("MimHybrid-Sandbox-AADMA/1.0");
        return client;
    }

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = create();
            var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || attempt == Attempts)
                return response;

            var wait = RetryAfter(response.Headers.RetryAfter);
            response.Dispose();
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Seconds or a date; never longer than the time limit, which would end the read before.</summary>
    private TimeSpan RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - time.GetUtcNow()) ?? TimeSpan.FromSeconds(1);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait < access.TimeLimit ? wait : access.TimeLimit;
    }

    private HttpRequestMessage CreateTokenRequest(Uri url) => new(HttpMethod.Post, url)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = access.ClientId,
            ["client_secret"] = access.ClientSecret,
            ["scope"] = access.BaseUrl.GetLeftPart(UriPartial.Authority) + "/.default",
        }),
    };

    private static string ReadToken(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object
        && body.TryGetProperty("access_token", out var token)
        && token.GetString() is { Length: > 0 } text
            ? text
            : throw new JsonException("The token answer has no access_token.");
}
