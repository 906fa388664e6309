using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Tests.Cards;
using MimHybrid.Alerts.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;
using NJsonSchema;

namespace MimHybrid.Alerts.Tests.Words;

/// <summary>
/// What arrives of each kind of trouble, as it was read and approved: the mail as text and as HTML, the webhook's body, the card. With
/// <c>MIMHYBRID_APPROVE=1</c> the files are written anew; read them with <c>git diff</c>, then commit.
/// </summary>
public sealed class TextsTests(CardReader cards) : IClassFixture<CardReader>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ConcurrentDictionary<string, AlertMessage> Messages = new();

    private static readonly AlertWords Words = new("MIM01", TimeZoneInfo.Utc);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. Troubles.All.Keys, .. Told.Keys];

    /// <summary>What is told of one trouble, from its beginning to its end, and a test.</summary>
    private static Dictionary<string, AlertNoticeKind> Told { get; } = new()
    {
        ["told-of-one-more"] = AlertNoticeKind.More,
        ["told-again-after-a-day"] = AlertNoticeKind.Reminder,
        ["told-when-it-is-back"] = AlertNoticeKind.Back,
        ["told-when-it-is-over"] = AlertNoticeKind.End,
        ["told-each-week"] = AlertNoticeKind.Digest,
        ["told-as-a-test"] = AlertNoticeKind.Test,
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_reads_as_somebody_has_approved(string kind)
    {
        var message = MessageOf(kind);
        var html = MailText.Html(message, Words);
        var text = new StringBuilder();
        text.Append("Subject: ").Append(Words.Subject(message)).Append("\n\n").Append(MailText.Plain(message, Words)).Append('\n');
        text.Append(Indent(WebhookBody.Json(message, Words))).Append("\n\n").Append(Indent(WebhookBody.Card(message, Words))).Append('\n');

        await MatchAsync($"{kind}.txt", text.ToString());
        await MatchAsync($"{kind}.html", html);
    }

    /// <summary>Whoever sees no more of it than the first lines knows the cause and the next step, and no name of a guest.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cause_and_next_step_come_first_and_nobody_is_named(string kind)
    {
        var message = MessageOf(kind);
        var lines = MailText.Plain(message, Words).Split('\n');

        Assert.StartsWith(lines[0], Words.Subject(message), StringComparison.Ordinal);
        if (!Told.ContainsKey(kind)) Assert.StartsWith("Do: ", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Lena", string.Join(' ', lines), StringComparison.Ordinal);
        Assert.DoesNotContain("Mateo", string.Join(' ', lines), StringComparison.Ordinal);
        Assert.DoesNotContain("line above", string.Join(' ', lines), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_webhooks_body_is_by_its_schema(string kind)
    {
        var schema = await JsonSchema.FromFileAsync(Repository.In("src", "MimHybrid.Alerts", "Channels", "webhook.schema.json"), Cancellation);
        Assert.Empty(schema.Validate(Encoding.UTF8.GetString(WebhookBody.Json(MessageOf(kind), Words))));
    }

    [Fact]
    public async Task Each_card_is_one_that_microsofts_own_reader_takes_without_a_word()
    {
        Assert.SkipWhen(cards.LeftOut is not null, $"LEFT OUT: the reader of Adaptive Cards. {cards.LeftOut}");
        const string wrong = """{ "type": "AdaptiveCard", "version": "1.4", "body": [ { "type": "TextBlock", "text": "x", "weight": "Bold" }, { "type": "Text" } ] }""";
        var made = Kinds.Select(kind => JsonNode.Parse(WebhookBody.Card(MessageOf(kind.Data), Words))!["attachments"]![0]!["content"]!.ToJsonString());

        Assert.Equal(
            ["Invalid value \"Bold\" for property \"weight\".", "Unknown element type \"Text\". Fallback will be used if present."],
            await cards.ReadAsync([.. made, wrong])); // of the wrong one alone
    }

    [Fact]
    public void No_file_is_approved_that_nothing_makes() => Assert.Empty(
        Directory.EnumerateFiles(Approved.Folder).Select(file => Path.GetFileNameWithoutExtension(file)!).Except([.. Troubles.All.Keys, .. Told.Keys]));

    private static AlertMessage MessageOf(string kind) => Messages.GetOrAdd(kind, Make);

    private static AlertMessage Make(string kind) => Told.TryGetValue(kind, out var told)
        ? Fixed(AlertMessage.New("Mail:Admins", [Notice(told)], Troubles.Noon))
        : Fixed(FromTheLoop(Troubles.All[kind]));

    /// <summary>What the loop writes once the trouble has outlasted its wait.</summary>
    private static AlertMessage FromTheLoop(MatterFacts facts)
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-texts-").FullName;
        try
        {
            using var store = AgentStore.Open(folder);
            var time = new FakeTimeProvider(facts.Now);
            var setup = new AlertSetup(new AlertSettings(), new MaintenanceCalendar([], TimeZoneInfo.Utc), new AlertRules(), "MIM01");
            var loop = new AlertLoop(store.Alerts, () => facts with { Now = time.GetUtcNow() }, setup, ["Mail:Admins"], time, NullLogger.Instance);
            loop.Look();
            if (store.Alerts.NextDue() is null) time.Advance(TimeSpan.FromMinutes(30));
            loop.Look();
            return store.Alerts.FindDue(time.GetUtcNow())!;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static AlertMessage Fixed(AlertMessage message) => message with { Key = "0123456789abcdef0123456789abcdef" };

    private static AlertNotice Notice(AlertNoticeKind kind) => kind switch
    {
        AlertNoticeKind.Test => AlertCentre.TestNotice(Troubles.Noon),
        AlertNoticeKind.Digest => Digests.SomeWeek(OpenMatters.Of(Troubles.All["refused"], TimeZoneInfo.Utc)),
        AlertNoticeKind.End => FromTheLoop(Troubles.All["refused"]).Notices[0] with { Kind = kind, Lines = [], EndedAt = Troubles.Noon.AddHours(3) },
        _ => FromTheLoop(Troubles.All["refused"]).Notices[0] with { Kind = kind },
    };

    private static string Indent(byte[] json) => JsonNode.Parse(json)!.ToJsonString(Indented);

    private static Task MatchAsync(string name, string text) => Approved.FileMatchesAsync(Path.Combine(Approved.Folder, name), text);
}
