using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;
using MimHybrid.Cycles.Matters;

namespace MimHybrid.Alerts.Sending;

/// <summary>
/// Says to a dead man's switch that the agent lives, and whether all is well: after a good poll or a good cycle, and after one that failed.
/// It sends nothing else, waits for nobody, and nothing waits for it.
/// </summary>
public sealed partial class HeartbeatSender
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly AlertSetup setup;
    private readonly HttpWay way;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly HttpTrouble trouble;
    private DateTimeOffset? told;
    private DateTimeOffset? sentAt;
    private bool isDead;

    internal HeartbeatSender(AlertSetup setup, HttpWay way, TimeProvider time, ILogger logger)
    {
        (this.setup, this.way, this.time, this.logger) = (setup, way, time, logger);
        trouble = new HttpTrouble("The address of the heartbeat", time);
    }

    public bool IsOn => Settings.Address.Length > 0;

    /// <summary>The shortest time from one to the next.</summary>
    public TimeSpan Pause => TimeSpan.FromMinutes(1) * Math.Max(setup.Rules.Scale, 1.0 / 30);

    private HeartbeatSettings Settings => setup.Settings.Heartbeat;

    /// <summary>Sends one, if something has happened since the last and a minute has passed; before that nothing is looked at.</summary>
    public async Task BeatAsync(Func<MatterFacts> look, CancellationToken cancellationToken)
    {
        if (!IsOn || time.GetUtcNow() - sentAt < Pause) return;
        var facts = look();
        if (NewestSign(facts) is not { } sign || sign <= told) return;
        (told, sentAt) = (sign, facts.Now);
        var open = OpenMatters.Of(facts, time.LocalTimeZone);
        var delivery = await trouble.Within(Patience).MakeAsync(
            async limit =>
            {
                using var request = Compose(open);
                using var answer = await way.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit);
                return trouble.Judge(answer);
            },
            cancellationToken);
        if (delivery.Error is { } error && !isDead) Log.Dead(logger, error);
        if (delivery.Error is null && isDead) Log.Arrives(logger);
        isDead = delivery.Error is not null;
    }

    /// <summary>Whether there is a way to the address, without a word to it: null, or what is wrong.</summary>
    internal async Task<string?> ProbeAsync(CancellationToken cancellationToken) => (await trouble.Within(Patience).MakeAsync(
        limit => HttpTrouble.ConnectAsync(new Uri(Settings.Address), way.Proxy, limit), cancellationToken)).Error;

    /// <summary>When the agent last came to an end with a poll or a cycle, good or not.</summary>
    private static DateTimeOffset? NewestSign(MatterFacts facts) => new[]
    {
        facts.Polls?.AttemptedAt,
        facts.Snapshot.LastSuccess.Values.Select(at => (DateTimeOffset?)at).Max(),
        facts.Snapshot.Failures.Values.Select(failed => (DateTimeOffset?)failed.LastEndedAt).Max(),
    }.Max();

    private HttpRequestMessage Compose(IReadOnlyList<OpenMatter> open)
    {
        var failed = open.Any(matter => matter.Severity == Severity.Error);
        var address = new UriBuilder(Settings.Address);
        if (failed) address.Path = $"{address.Path.TrimEnd('/')}/fail";
        if (Settings.Method == HeartbeatMethod.Get) return new HttpRequestMessage(HttpMethod.Get, address.Uri);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new Heartbeat(failed ? "fail" : "ok", setup.Server, open.Count), HeartbeatJson.Default.Heartbeat);
        var request = new HttpRequestMessage(HttpMethod.Post, address.Uri) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        return request;
    }

    internal sealed record Heartbeat(string Status, string Server, int Open);

    private static partial class Log
    {
        [LoggerMessage(6020, LogLevel.Warning, "The heartbeat does not arrive. {Error} It is sent on and on, and this is not told again")]
        public static partial void Dead(ILogger logger, string error);

        [LoggerMessage(6021, LogLevel.Information, "The heartbeat arrives again")]
        public static partial void Arrives(ILogger logger);
    }
}

[JsonSerializable(typeof(HeartbeatSender.Heartbeat))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class HeartbeatJson : JsonSerializerContext;
