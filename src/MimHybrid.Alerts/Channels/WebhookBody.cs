using System.Text.Json;
using System.Text.Json.Serialization;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>What a webhook is sent: our own shape (webhook.schema.json), or an Adaptive Card.</summary>
internal static class WebhookBody
{
    private static WebhookJson Columns => field ??= new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    public static byte[] Json(AlertMessage message, AlertWords words) => JsonSerializer.SerializeToUtf8Bytes(
        new SentMessage(1, message.Key, words.Server, message.CreatedAt.UtcDateTime, words.Subject(message),
            [.. message.Notices.Select(ToSent)]),
        Columns.SentMessage);

    private static SentAlert ToSent(AlertNotice notice) => new()
    {
        Event = JsonNamingPolicy.CamelCase.ConvertName(notice.Kind.ToString()),
        Number = notice.Alert,
        Matter = notice.Matter,
        Severity = notice.IsError ? "error" : "warning",
        Title = notice.Title,
        Do = notice.Do,
        Details = notice.Lines,
        Since = notice.FirstSeen.UtcDateTime,
        EndedAt = notice.EndedAt?.UtcDateTime,
    };

    /// <summary>By version 1.4, which Teams and Outlook know (https://adaptivecards.io/explorer).</summary>
    public static byte[] Card(AlertMessage message, AlertWords words) => JsonSerializer.SerializeToUtf8Bytes(
        new CardMessage("message",
        [
            new CardAttachment("application/vnd.microsoft.card.adaptive", new CardContent(
                "http://adaptivecards.io/schemas/adaptive-card.json", "AdaptiveCard", "1.4",
                [
                    .. message.Notices.SelectMany(notice => Blocks(notice, words)),
                    new CardText(words.Footer(message)) { IsSubtle = true, Size = "Small" },
                ])),
        ]),
        Columns.CardMessage);

    private static IEnumerable<CardText> Blocks(AlertNotice notice, AlertWords words)
    {
        yield return new CardText(AlertWords.Heading(notice))
        {
            Weight = "Bolder",
            Color = notice switch
            {
                { Kind: AlertNoticeKind.End } => "Good",
                { Kind: AlertNoticeKind.Test or AlertNoticeKind.Digest } => "Default",
                _ => notice.IsError ? "Attention" : "Warning",
            },
        };
        yield return new CardText(words.Second(notice));
        foreach (var line in notice.Lines) yield return new CardText(line) { Spacing = "Small" };
        if (words.Since(notice) is { } since) yield return new CardText(since) { IsSubtle = true };
    }
}

internal sealed record SentMessage(
    int Version, string Id, string Server, DateTime At, string Subject, IReadOnlyList<SentAlert> Alerts);

internal sealed record SentAlert
{
    public required string Event { get; init; }

    public required long Number { get; init; }

    public required string Matter { get; init; }

    public required string Severity { get; init; }

    public required string Title { get; init; }

    public required string Do { get; init; }

    public required IReadOnlyList<string> Details { get; init; }

    public required DateTime Since { get; init; }

    public DateTime? EndedAt { get; init; }
}

internal sealed record CardMessage(string Type, IReadOnlyList<CardAttachment> Attachments);

internal sealed record CardAttachment(string ContentType, CardContent Content);

internal sealed record CardContent(
    [property: JsonPropertyName("$schema")] string Schema, string Type, string Version, IReadOnlyList<CardText> Body);

/// <summary>Teams reads a part of Markdown in it; a name that has some must not look like a link.</summary>
internal sealed record CardText(string Text)
{
    private const string Markup = "\\`*_[]"; // a round bracket makes a link only after a square one

    public string Type { get; } = "TextBlock";

    public string Text { get; } = string.Concat(
        Text.Select(letter => Markup.Contains(letter, StringComparison.Ordinal) ? $"\\{letter}" : $"{letter}"));

    public bool Wrap { get; } = true;

    public string? Weight { get; init; }

    public string? Color { get; init; }

    public string? Size { get; init; }

    public string? Spacing { get; init; }

    public bool? IsSubtle { get; init; }
}

[JsonSerializable(typeof(SentMessage))]
[JsonSerializable(typeof(CardMessage))]
internal sealed partial class WebhookJson : JsonSerializerContext;
