using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A mail that was sent over Graph.</summary>
/// <param name="Mailbox">From whose mailbox.</param>
/// <param name="Mime">The mail itself.</param>
public sealed record SentMail(string Mailbox, string Mime);

/// <summary>
/// Answers <c>POST /v1.0/users/{id}/sendMail</c> with a mail in MIME, as Exchange does
/// (https://learn.microsoft.com/graph/api/user-sendmail). Whoever is of the tenant's own domain has a mailbox.
/// </summary>
internal sealed class SendMailEndpoint(ConcurrentQueue<SentMail> sent)
{
    public async Task HandleAsync(HttpContext context)
    {
        var mailbox = (string)context.Request.RouteValues["id"]!;
        if (!mailbox.EndsWith($"@{TenantNames.InitialDomain}", StringComparison.OrdinalIgnoreCase))
        {
            await new SandboxGraphError(404, "ErrorInvalidUser", $"The requested user '{mailbox}' is invalid.").WriteAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var mime = new byte[body.Length];
        if (context.Request.ContentType != "text/plain" || !Convert.TryFromBase64String(body, mime, out var length))
        {
            await new SandboxGraphError(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.")
                .WriteAsync(context);
            return;
        }

        sent.Enqueue(new SentMail(mailbox, Encoding.UTF8.GetString(mime, 0, length)));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
