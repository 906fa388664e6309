using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Sending;

/// <summary>Alerts put together: what looks, what sends, and the channels of the settings.</summary>
public sealed class AlertCentre : IDisposable
{
    private readonly HttpClient client;

    /// <param name="setup">What is told, and how.</param>
    /// <param name="store">Where alerts and messages are kept, and what a week was like.</param>
    /// <param name="look">Reads what is the case, as of now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">For the event log and the console.</param>
    public AlertCentre(AlertSetup setup, AgentStore store, Func<MatterFacts> look, TimeProvider time, ILoggerFactory loggers)
    {
        client = HttpTrouble.MakeClient(setup.Proxy);
        var way = new HttpWay(client, setup.Proxy);
        var channels = Channels(setup, time, way);
        string[] names = [.. channels.Select(channel => channel.Name)];
        Loop = new AlertLoop(store.Alerts, look, setup, names, time, loggers.CreateLogger<AlertLoop>());
        Digest = new DigestWriter(store, setup, names, time);
        Sender = new MessageSender(store.Alerts, channels, setup.Rules.Scale, time, loggers.CreateLogger<MessageSender>());
        Heartbeat = new HeartbeatSender(setup, way, time, loggers.CreateLogger<HeartbeatSender>());
    }

    public AlertLoop Loop { get; }

    public DigestWriter Digest { get; }

    public MessageSender Sender { get; }

    public HeartbeatSender Heartbeat { get; }

    /// <summary>Sends a marked test over each channel, at once and past the store. By channel, what came of it; null: taken.</summary>
    public static Task<IReadOnlyList<(string Channel, string? Error)>> TestAsync(
        AlertSetup setup, TimeProvider time, CancellationToken cancellationToken)
    {
        var notice = TestNotice(time.GetUtcNow());
        return EachAsync(setup, time, async channel =>
            (await channel.SendAsync(AlertMessage.New(channel.Name, [notice], notice.FirstSeen), cancellationToken)).Error);
    }

    internal static AlertNotice TestNotice(DateTimeOffset now) => new()
    {
        Kind = AlertNoticeKind.Test,
        Alert = 0,
        Matter = "test",
        IsError = false,
        Title = "This message arrived",
        Do = "Nothing is to do. Somebody typed mimhybrid alerts test on the server, to see whether messages arrive.",
        FirstSeen = now,
    };

    /// <summary>Looks at the way to each channel, and sends nothing. By channel, what is wrong; null: nothing.</summary>
    public static async Task<IReadOnlyList<(string Channel, string? Error)>> ProbeAsync(
        AlertSetup setup, TimeProvider time, CancellationToken cancellationToken)
    {
        var seen = await EachAsync(setup, time, channel => channel.ProbeAsync(cancellationToken));
        using var client = HttpTrouble.MakeClient(setup.Proxy);
        var heartbeat = new HeartbeatSender(setup, new HttpWay(client, setup.Proxy), time, NullLogger.Instance);
        return heartbeat.IsOn ? [.. seen, ("Heartbeat", await heartbeat.ProbeAsync(cancellationToken))] : seen;
    }

    private static async Task<IReadOnlyList<(string Channel, string? Error)>> EachAsync(
        AlertSetup setup, TimeProvider time, Func<IAlertChannel, Task<string?>> ask)
    {
        using var client = HttpTrouble.MakeClient(setup.Proxy);
        var answers = new List<(string, string?)>();
        foreach (var channel in Channels(setup, time, new HttpWay(client, setup.Proxy))) answers.Add((channel.Name, await ask(channel)));
        return answers;
    }

    public void Dispose() => client.Dispose();

    private static List<IAlertChannel> Channels(AlertSetup setup, TimeProvider time, HttpWay way)
    {
        var words = new AlertWords(setup.Server, time.LocalTimeZone);
        return
        [
            .. setup.Settings.Mail.Select(mail => mail.Value.Over == MailOver.Graph
                ? (IAlertChannel)new GraphMailChannel(mail.Key, mail.Value, words, setup.Graph)
                : new MailChannel(mail.Key, mail.Value, words)),
            .. setup.Settings.Webhook.Select(hook => new WebhookChannel(hook.Key, hook.Value, words, time, way)),
        ];
    }
}
