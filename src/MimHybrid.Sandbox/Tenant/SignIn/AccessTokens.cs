using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Issues the bearer tokens of the token endpoint and checks them on Graph's side.</summary>
internal sealed class AccessTokens(TenantIdentity identity, SandboxTenantOptions options, TenantAddress address, TimeProvider time)
{
    private const string GraphResource = "https://graph.microsoft.com";

    private readonly byte[] key = Convert.FromBase64String(identity.Key);

    /// <summary>The resources that a token may be for: Graph by the name of its cloud, and the tenant's own address.</summary>
    public bool IsGraph(string resource) =>
        string.Equals(resource, GraphResource, StringComparison.OrdinalIgnoreCase)
        || string.Equals(resource, address.AuthorityHost.ToString().TrimEnd('/'), StringComparison.OrdinalIgnoreCase);

    public string Issue(TenantApp app, string resource, IReadOnlyList<string> capabilities)
    {
        var now = time.GetUtcNow();
        var header = Encode(json => json.WriteString("kid", identity.TenantId), ("typ", "JWT"), ("alg", "HS256"));
        var payload = Encode(
            json => WriteClaims(json, app, capabilities, now),
            ("aud", resource),
            ("iss", $"https://sts.windows.net/{identity.TenantId}/"),
            ("appid", app.ClientId),
            ("tid", identity.TenantId),
            ("idtyp", "app"),
            ("ver", "1.0"));
        return $"{header}.{payload}.{Base64Url.EncodeToString(Sign($"{header}.{payload}"))}";
    }

    /// <summary>Reads out of a token that holds what it grants, and to whom; otherwise says in Graph's words why it does not.</summary>
    public bool TryAccept(
        string authorization,
        [NotNullWhen(true)] out AccessGrant? grant,
        [NotNullWhen(false)] out SandboxGraphError? error)
    {
        (grant, error) = (null, null);
        const string scheme = "Bearer ";
        var text = authorization.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? authorization[scheme.Length..].Trim() : "";
        if (text is "")
            error = SandboxGraphError.Unauthorized("Access token is empty.");
        else if (!JsonWebToken.TryParse(text, out var token) || !IsOurs(token))
            error = SandboxGraphError.Unauthorized("Access token validation failure. Invalid signature.");
        else if (!IsGraph(token.Claim("aud")))
            error = SandboxGraphError.Unauthorized("Access token validation failure. Invalid audience.");
        else if (token.Time("exp") is not { } expiry || expiry <= time.GetUtcNow())
            error = SandboxGraphError.Unauthorized("Lifetime validation failed, the token is expired.");
        else
            grant = new AccessGrant(
                token.Claim("appid"), [.. token.Payload.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)]);

        return grant is not null;
    }

    private bool IsOurs(JsonWebToken token) =>
        CryptographicOperations.FixedTimeEquals(token.Signature, HMACSHA256.HashData(key, token.Signed));

    private void WriteClaims(Utf8JsonWriter json, TenantApp app, IReadOnlyList<string> capabilities, DateTimeOffset now)
    {
        json.WriteNumber("iat", now.ToUnixTimeSeconds());
        json.WriteNumber("nbf", now.ToUnixTimeSeconds());
        json.WriteNumber("exp", (now + options.AccessTokenLifetime).ToUnixTimeSeconds());
        json.WriteString("uti", Guid.NewGuid());
        WriteTexts(json, "roles", app.Roles);
        if (capabilities.Count > 0)
            WriteTexts(json, "xms_cc", capabilities);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);

        json.WriteEndArray();
    }

    private static string Encode(Action<Utf8JsonWriter> more, params ReadOnlySpan<(string Name, string Value)> texts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in texts)
                json.WriteString(name, value);

            more(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.ToArray());
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));
}
