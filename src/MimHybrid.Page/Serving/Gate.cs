using System.Net;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Page.Serving;

/// <summary>
/// Who is let in. A browser sends to 127.0.0.1 whatever any page of the web asks it to, and any account of this machine can connect: so a
/// request must name this page's own address and bring what only its reader has.
/// </summary>
/// <param name="keys">The key and the cookie of this start.</param>
/// <param name="port">Where it listens.</param>
internal sealed class Gate(StartKeys keys, int port)
{
    public const string KeyName = "key";

    private const string Refusal =
        "This page opens with the whole address that mimhybrid page has printed, for whoever started it: open that address again.";

    private readonly string[] hosts = [$"127.0.0.1:{port}", $"[::1]:{port}", $"localhost:{port}"];

    /// <summary>Cookies are of a host, whatever the port: with the port in its name, several pages at once keep their own.</summary>
    private readonly string cookieName = $"mimhybrid-{port}";

    /// <summary>Answers what is not let in, and what only brings its key; false when the page may be shown.</summary>
    public async Task<bool> AnswersAsync(HttpContext context)
    {
        SetHeaders(context.Response.Headers);
        var request = context.Request;
        if (!IsOwn(request)) return await RefuseAsync(context);
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return true;
        }

        if (request.Query.TryGetValue(KeyName, out var key))
        {
            if (!keys.IsKey(key.ToString())) return await RefuseAsync(context);
            context.Response.Cookies.Append(
                cookieName, keys.Cookie, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
            context.Response.Redirect(CleanAddress(request));
            return true;
        }

        return !keys.IsCookie(request.Cookies[cookieName]) && await RefuseAsync(context);
    }

    /// <summary>A name that a stranger's DNS points here, or a page of elsewhere that asks, says so in these.</summary>
    private bool IsOwn(HttpRequest request)
    {
        if (!hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase)) return false;
        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (origin.Count == 1 && string.Equals(origin[0], $"http://{request.Host.Value}", StringComparison.Ordinal));
    }

    /// <summary>The same without the key: it stays in no history, and in no link that is sent to anybody.</summary>
    private static string CleanAddress(HttpRequest request)
    {
        var rest = request.Query.Where(pair => pair.Key != KeyName)
            .SelectMany(pair => pair.Value, (pair, value) => $"{WebUtility.UrlEncode(pair.Key)}={WebUtility.UrlEncode(value)}");
        var query = string.Join('&', rest);
        // Never two slashes at the beginning: a browser takes what follows those for a host.
        return $"/{request.Path.ToUriComponent().TrimStart('/')}{(query.Length > 0 ? $"?{query}" : "")}";
    }

    private static async Task<bool> RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(Refusal, context.RequestAborted);
        return true;
    }

    /// <summary>Nothing from elsewhere, nothing kept, guessed or framed, and nobody is told where the reader came from.</summary>
    private static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
