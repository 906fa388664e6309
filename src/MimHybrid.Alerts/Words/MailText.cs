using System.Net;
using System.Text;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Words;

/// <summary>A message as a mail: cause and next step in the subject and the first two lines.</summary>
internal static class MailText
{
    public static string Plain(AlertMessage message, AlertWords words)
    {
        var text = new StringBuilder();
        foreach (var notice in message.Notices)
        {
            text.Append(AlertWords.Heading(notice)).Append('\n').Append(words.Second(notice)).Append('\n');
            foreach (var line in notice.Lines) text.Append("  ").Append(line).Append('\n');
            if (words.Since(notice) is { } since) text.Append(since).Append('\n');
            text.Append('\n');
        }

        return text.Append("-- \n").Append(words.Footer(message)).Append('\n').ToString();
    }

    /// <summary>No picture, no address, no script: readable on a telephone, in light and dark, and loaded from nowhere.</summary>
    public static string Html(AlertMessage message, AlertWords words)
    {
        var html = new StringBuilder($"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{WebUtility.HtmlEncode(words.Subject(message))}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></head>
            <body style="margin:0;padding:16px;font:16px/1.45 'Segoe UI',system-ui,sans-serif"><main style="max-width:42rem">

            """);
        foreach (var (place, notice) in message.Notices.Index()) Add(html, notice, words, place == 0 ? "h1" : "h2");
        return html.Append(Block("p", "font-size:14px;opacity:.75", words.Footer(message))).Append("</main></body></html>\n").ToString();
    }

    private static void Add(StringBuilder html, AlertNotice notice, AlertWords words, string heading)
    {
        html.Append("<div style=\"border-left:4px solid ").Append(Colour(notice)).Append(";padding:2px 0 2px 12px;margin:0 0 20px\">\n")
            .Append(Block(heading, "margin:0 0 6px;font-size:18px;font-weight:600", AlertWords.Heading(notice)))
            .Append(Block("p", "margin:0 0 6px", words.Second(notice)));
        if (notice.Lines.Count > 0)
        {
            html.Append("<ul style=\"margin:0 0 6px;padding-left:20px\">\n");
            foreach (var line in notice.Lines)
                html.Append("<li style=\"overflow-wrap:anywhere\">").Append(WebUtility.HtmlEncode(line)).Append("</li>\n");
            html.Append("</ul>\n");
        }

        if (words.Since(notice) is { } since) html.Append(Block("p", "margin:0;opacity:.75", since));
        html.Append("</div>\n");
    }

    private static string Block(string tag, string style, string text) =>
        $"<{tag} style=\"{style}\">{WebUtility.HtmlEncode(text)}</{tag}>\n";

    private static string Colour(AlertNotice notice) => notice switch
    {
        { Kind: AlertNoticeKind.End } => "#2e8540",
        { Kind: AlertNoticeKind.Test or AlertNoticeKind.Digest } => "#5b6770",
        { IsError: true } => "#c62828",
        _ => "#b26a00",
    };
}
