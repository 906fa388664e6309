using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;

namespace MimHybrid.Alerts.Tests.Channels;

public sealed class WebhookChannelTests : IDisposable
{
    private readonly HttpClient client = HookCatcher.MakeClient();
    private readonly FakeTimeProvider time = new(SomeMessage.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_posts_our_shape_signed_with_the_headers_of_the_settings()
    {
        await using var server = await HookCatcher.StartAsync();
        var settings = new WebhookSettings { Address = server.Address, SigningKey = "k", Headers = new() { ["X-Api-Key"] = "planted" } };

        Assert.Equal(Delivery.Done, await Channel(settings).SendAsync(SomeMessage.Of(SomeMessage.Refused(lines: "1 object: x"), SomeMessage.Unread()), Cancellation));

        var (headers, body) = Assert.Single(server.Posted);
        Assert.Equal("planted", headers["X-Api-Key"]);
        var at = SomeMessage.Noon.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal($"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData("k"u8, Encoding.UTF8.GetBytes($"{at}.{body}")))}", headers[WebhookChannel.SignatureHeader]);
        var json = JsonNode.Parse(body)!;
        Assert.Equal(("0123456789abcdef", 1, "MIM01"), ((string?)json["id"], (int)json["version"]!, (string?)json["server"]));
        Assert.Equal(["refused/ADMA", "tenant/unread"], json["alerts"]!.AsArray().Select(alert => (string?)alert!["matter"]));
        Assert.Equal("begin", (string?)json["alerts"]![0]!["event"]);
    }

    [Fact]
    public async Task A_card_is_one_that_teams_takes_and_a_name_with_markup_is_text()
    {
        await using var server = await HookCatcher.StartAsync();

        await Channel(new WebhookSettings { Address = server.Address, Shape = WebhookShape.AdaptiveCard })
            .SendAsync(SomeMessage.Of(SomeMessage.Refused(lines: "[click](https://evil.example) *now*")), Cancellation);

        var card = JsonNode.Parse(server.Posted[0].Body)!["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string?)card["contentType"]);
        Assert.Equal("AdaptiveCard", (string?)card["content"]!["type"]);
        Assert.All(card["content"]!["body"]!.AsArray(), block => Assert.Equal("TextBlock", (string?)block!["type"]));
        Assert.Contains(card["content"]!["body"]!.AsArray(), block => (string?)block!["text"] == "\\[click\\](https://evil.example) \\*now\\*");
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(202, null)]
    [InlineData(301, "has moved (HTTP 301)")]
    [InlineData(400, "refuses the message (HTTP 400)")]
    [InlineData(401, "does not let the agent in (HTTP 401)")]
    [InlineData(410, "no longer there (HTTP 410)")]
    [InlineData(429, "too many messages (HTTP 429)")]
    [InlineData(500, "failed (HTTP 500)")]
    public async Task Each_answer_has_its_sentence_and_the_address_is_in_none(int code, string? error)
    {
        await using var server = await HookCatcher.StartAsync(context =>
        {
            context.Response.StatusCode = code;
            context.Response.Headers.Location = "https://localhost:1/elsewhere";
            if (code == 429) context.Response.Headers.RetryAfter = "1800";
            return Task.CompletedTask;
        });

        var delivery = await Channel(new WebhookSettings { Address = server.Address }).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation);

        Assert.Single(server.Posted);
        Assert.Equal(code == 429 ? TimeSpan.FromMinutes(30) : null, delivery.RetryAfter);
        if (error is null) Assert.Null(delivery.Error);
        else Assert.Contains(error, delivery.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-key", delivery.Error ?? "", StringComparison.Ordinal);
    }

    /// <summary>Its head is the answer; a body that never ends is not waited for.</summary>
    [Fact]
    public async Task An_answer_that_drips_for_ever_is_an_answer()
    {
        using var ended = new CancellationTokenSource();
        await using var server = await HookCatcher.StartAsync(async context =>
        {
            await context.Response.WriteAsync("drip", ended.Token);
            await context.Response.Body.FlushAsync(ended.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        Assert.Equal(Delivery.Done, await Channel(new WebhookSettings { Address = server.Address }).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation));
        await ended.CancelAsync();
    }

    /// <summary>With a short deadline in place of the product's; whoever hangs up the channel is told and waited for no longer.</summary>
    [Fact]
    public async Task A_server_that_hangs_is_given_up_at_the_deadline()
    {
        using var ended = new CancellationTokenSource();
        await using var server = await HookCatcher.StartAsync(_ => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended.Token));
        var trouble = new HttpTrouble("The webhook Ops", time);

        var delivery = await trouble.Within(TimeSpan.FromMilliseconds(100)).MakeAsync(
            async limit =>
            {
                using var answer = await client.GetAsync(new Uri(server.Address), limit);
                return trouble.Judge(answer);
            },
            Cancellation);

        Assert.Equal("The webhook Ops did not answer within 0 seconds.", delivery.Error);
        await ended.CancelAsync();
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_and_a_server_that_is_not_there_are_told()
    {
        await using var server = await HookCatcher.StartAsync();
        using var strict = HttpTrouble.MakeClient();

        Assert.Equal("The webhook Ops has a certificate that this server does not trust.", (await Send(server.Address, strict)).Error);
        Assert.Equal("The webhook Ops cannot be reached.", (await Send("https://127.0.0.1:9/x", strict)).Error);
        Assert.Equal("The webhook Ops has a certificate that this server does not trust.", await Channel(new WebhookSettings { Address = server.Address }).ProbeAsync(Cancellation));
        Assert.Equal("The webhook Ops cannot be reached.", await Channel(new WebhookSettings { Address = "https://127.0.0.1:9/x" }).ProbeAsync(Cancellation));
        Assert.Equal("The server of the webhook Ops cannot be found: its name is not known.", await Channel(new WebhookSettings { Address = "https://nowhere.invalid/x" }).ProbeAsync(Cancellation));
        Assert.Empty(server.Posted);
    }

    public void Dispose() => client.Dispose();

    private Task<Delivery> Send(string address, HttpClient with) =>
        new WebhookChannel("Ops", new WebhookSettings { Address = address }, SomeMessage.Words, time, new HttpWay(with)).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation);

    private WebhookChannel Channel(WebhookSettings settings) => new("Ops", settings, SomeMessage.Words, time, new HttpWay(client));
}
