using System.Text;
using Microsoft.AspNetCore.Http;
using MimHybrid.Page.Components;
using MimHybrid.Page.Views;
using MimHybrid.Store.Faults;

namespace MimHybrid.Page.Serving;

/// <summary>Answers whom the gate let in.</summary>
internal sealed class Pages(PageSource source)
{
    private static readonly Dictionary<string, (string Type, byte[] Content)> assets = new(StringComparer.Ordinal)
    {
        ["/page.css"] = ("text/css; charset=utf-8", Embedded.Read("page.css")),
        ["/page.js"] = ("text/javascript; charset=utf-8", Embedded.Read("page.js")),
        ["/icon.svg"] = ("image/svg+xml", Embedded.Read("icon.svg")),
    };

    private readonly Places places = new(source);

    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value is { Length: > 0 } given ? given : "/";
        if (assets.TryGetValue(path, out var asset))
        {
            await WriteAsync(context, StatusCodes.Status200OK, asset.Type, asset.Content);
            return;
        }

        string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) ? value.ToString() : null;
        var isUtc = Query("utc") == "1";
        var here = new PageContext
        {
            Now = source.Time.GetUtcNow(),
            Zone = isUtc ? TimeZoneInfo.Utc : source.Time.LocalTimeZone,
            IsUtc = isUtc,
            Version = source.Version,
        };
        var shown = Find(path, Query, here);
        var other = context.Request.Query.Where(pair => pair.Key is not "utc").Select(pair => (pair.Key, (string?)pair.Value.ToString()));
        var html = await Rendering.ToHtmlAsync<Document>(new Dictionary<string, object?>
        {
            [nameof(Document.Shown)] = here,
            [nameof(Document.Title)] = PageComponent.Safe(shown.Title),
            [nameof(Document.Path)] = path,
            [nameof(Document.Elsewhere)] = (here with { IsUtc = !isUtc }).To(path, other),
            [nameof(Document.Renews)] = shown.Renews,
            [nameof(Document.Body)] = shown.Body,
        });
        await WriteAsync(context, shown.Status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));
    }

    /// <summary>What cannot be read now may be readable in a moment: the page says why, and stays.</summary>
    private Shown Find(string path, Func<string, string?> query, PageContext here)
    {
        try
        {
            return places.Find(path, query, here) ?? new Shown("Not here", Shown.Part<Fault>(
                (nameof(Fault.Title), "There is no such page"), (nameof(Fault.Text), "The links at the top lead to those that are there.")))
            {
                Status = StatusCodes.Status404NotFound,
            };
        }
        catch (StoreException e)
        {
            return new Shown("The store cannot be read", Shown.Part<Fault>(
                (nameof(Fault.Title), "The store cannot be read"), (nameof(Fault.Text), e.Message)))
            {
                Renews = true,
                Status = StatusCodes.Status503ServiceUnavailable,
            };
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, string type, byte[] content)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
