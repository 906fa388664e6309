using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Stands before every Graph endpoint: 401 without a token that holds, 403 without a role that allows it.</summary>
internal sealed class BearerCheck(AccessTokens tokens, TenantAddress address)
{
    // Graph's own application id, the same in every tenant.
    private const string GraphApplication = "00000003-0000-0000-c000-000000000000";

    private static readonly string[] readers = ["User.Read.All", "User.ReadWrite.All"];
    private static readonly string[] writers = ["User.ReadWrite.All"];
    private static readonly string[] senders = ["Mail.Send"];
    private static readonly string[] inviters = ["User.Invite.All", "User.ReadWrite.All"];

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!tokens.TryAccept(context.Request.Headers.Authorization.ToString(), out var grant, out var error))
        {
            var authorize = $"{address.AuthorityHost}common/oauth2/authorize";
            context.Response.Headers.WWWAuthenticate =
                $"Bearer realm=\"\", authorization_uri=\"{authorize}\", client_id=\"{GraphApplication}\"";
            return error.WriteAsync(context);
        }

        context.Items[typeof(AccessGrant)] = grant;
        var needed = Needed(context.Request);
        var refusal = needed == senders ? SandboxGraphError.AccessDenied : SandboxGraphError.RequestDenied;
        return needed.Intersect(grant.Roles).Any() ? next(context) : refusal.WriteAsync(context);
    }

    private static string[] Needed(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? readers
        : request.Path.StartsWithSegments("/v1.0/invitations", StringComparison.OrdinalIgnoreCase) ? inviters
        : request.Path.Value?.EndsWith("/sendMail", StringComparison.OrdinalIgnoreCase) == true ? senders
        : writers;
}
