using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>A plain HTTPS client of a tenant: signs in, asks, reads whole delta rounds.</summary>
internal sealed class TenantClient(SandboxTenant tenant) : IDisposable
{
    private readonly HttpClient http = new(tenant.CreateTrustingHandler());
    private string? accessToken;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The token request's form, to be altered before it is sent.</summary>
    public Dictionary<string, string> SignInForm() => new()
    {
        ["client_id"] = tenant.ClientId,
        ["client_secret"] = tenant.ClientSecret,
        ["scope"] = "https://graph.microsoft.com/.default",
        ["grant_type"] = "client_credentials",
    };

    public async Task<Reply> SignInAsync(Dictionary<string, string>? form = null, string? tenantId = null)
    {
        using var content = new FormUrlEncodedContent(form ?? SignInForm());
        var endpoint = new Uri(tenant.AuthorityHost, $"{tenantId ?? tenant.TenantId}/oauth2/v2.0/token");
        var reply = await ReadAsync(await http.PostAsync(endpoint, content, Cancelled));
        accessToken = (string?)reply.Body["access_token"] ?? accessToken;
        return reply;
    }

    /// <summary>Uses this text as bearer token from now on; null for none.</summary>
    public void UseToken(string? token) => accessToken = token ?? "";

    public Task<Reply> GetAsync(string pathOrLink, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, pathOrLink, body: null, headers);

    public async Task<Reply> SendAsync(
        HttpMethod method,
        string pathOrLink,
        JsonObject? body = null,
        params (string Name, string Value)[] headers)
    {
        if (accessToken is null)
            await SignInAsync();

        var uri = new Uri(pathOrLink.StartsWith('/') ? tenant.GraphBaseUrl + pathOrLink : pathOrLink);
        using var request = new HttpRequestMessage(method, uri) { Content = body is null ? null : JsonContent.Create(body) };
        if (accessToken is not "")
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return await ReadAsync(await http.SendAsync(request, Cancelled));
    }

    /// <summary>Follows next links until the delta link.</summary>
    public async Task<Round> RoundAsync(
        string pathOrLink = "/users/delta?$select=displayName,mail,userType",
        params (string Name, string Value)[] headers)
    {
        var pages = new List<JsonArray>();
        for (var link = pathOrLink; ;)
        {
            var page = await GetAsync(link, headers);
            Assert.Equal(200, page.Status);
            pages.Add(page.Body["value"]!.AsArray());
            var (next, delta) = ((string?)page.Body["@odata.nextLink"], (string?)page.Body["@odata.deltaLink"]);
            Assert.True(next is null ^ delta is null, "A page carries one of the two links.");
            if (delta is not null)
                return new Round(delta, pages);

            link = next!;
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync(Cancelled);
            var body = text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject();
            return new Reply((int)response.StatusCode, body, text, response.Headers, response.Content.Headers.ContentType?.ToString());
        }
    }
}

internal sealed record Reply(int Status, JsonNode Body, string Text, HttpResponseHeaders Headers, string? ContentType)
{
    public string? ErrorCode => (string?)Body["error"]?["code"];

    public string Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}

internal sealed record Round(string DeltaLink, IReadOnlyList<JsonArray> Pages)
{
    public IReadOnlyList<JsonObject> Entries => [.. Pages.SelectMany(page => page).Select(entry => entry!.AsObject())];

    public IReadOnlyList<string> Ids => [.. Entries.Select(entry => (string)entry["id"]!)];

    public JsonObject Single => Assert.Single(Entries);
}
