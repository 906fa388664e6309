using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Answers <c>POST /{tenant}/oauth2/v2.0/token</c>: client credentials with a secret or a signed assertion.</summary>
internal sealed class TokenEndpoint(
    TenantIdentity identity,
    AppRegistry apps,
    AccessTokens tokens,
    SandboxTenantOptions options,
    TimeProvider time)
{
    private const string DefaultScope = "/.default";

    private readonly ClientAssertion assertions = new(time);

    public async Task HandleAsync(HttpContext context)
    {
        var tenant = (string)context.Request.RouteValues["tenant"]!;
        if (!context.Request.HasFormContentType)
        {
            await SignInError.UnsupportedGrant("").WriteAsync(context);
            return;
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var app = apps.Find(form["client_id"].ToString());
        if (Refuse(tenant, app, form, context.Request) is { } error)
        {
            await error.WriteAsync(context);
            return;
        }

        var accessToken = tokens.Issue(app!, ResourceOf(form["scope"].ToString()), CapabilitiesIn(form["claims"].ToString()));
        await WriteAsync(context, accessToken);
    }

    private SignInError? Refuse(string tenant, TenantApp? app, IFormCollection form, HttpRequest request)
    {
        var (grant, scope) = (form["grant_type"].ToString(), form["scope"].ToString());
        if (!IsThisTenant(tenant))
            return SignInError.UnknownTenant(tenant);

        if (grant != "client_credentials")
            return SignInError.UnsupportedGrant(grant);

        if (app is null)
            return SignInError.UnknownApp(form["client_id"].ToString());

        if (RefuseCredential(app, form, request) is { } refused)
            return refused;

        if (!scope.EndsWith(DefaultScope, StringComparison.Ordinal))
            return SignInError.InvalidScope(scope);

        return tokens.IsGraph(ResourceOf(scope)) ? null : SignInError.UnknownResource(ResourceOf(scope));
    }

    private SignInError? RefuseCredential(TenantApp app, IFormCollection form, HttpRequest request)
    {
        if (form["client_assertion"].ToString() is { Length: > 0 } assertion)
            return assertions.Refuse(app, assertion, $"https://{request.Host}{request.Path}");

        var secret = form["client_secret"].ToString();
        if (secret is "")
            return SignInError.NoCredential;

        if (secret != app.ClientSecret)
            return SignInError.WrongSecret(app.ClientId);

        return app.SecretExpired ? SignInError.ExpiredSecret(app.ClientId) : null;
    }

    private bool IsThisTenant(string tenant) =>
        string.Equals(tenant, identity.TenantId, StringComparison.OrdinalIgnoreCase)
        || string.Equals(tenant, TenantNames.InitialDomain, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the client says it can do, such as CP1: be challenged for another token at any time.</summary>
    private static IReadOnlyList<string> CapabilitiesIn(string claims) =>
        claims is ""
            ? []
            : [.. JsonNode.Parse(claims)?["access_token"]?["xms_cc"]?["values"]?.AsArray().Select(value => (string)value!) ?? []];

    private static string ResourceOf(string scope) => scope[..^DefaultScope.Length];

    private Task WriteAsync(HttpContext context, string accessToken)
    {
        context.Response.Headers.CacheControl = "no-store, no-cache";
        return GraphJson.WriteAsync(context, 200, json =>
        {
            var seconds = (int)options.AccessTokenLifetime.TotalSeconds;
            json.WriteStartObject();
            json.WriteString("token_type", "Bearer");
            json.WriteNumber("expires_in", seconds);
            json.WriteNumber("ext_expires_in", seconds);
            json.WriteString("access_token", accessToken);
            json.WriteEndObject();
        });
    }
}
