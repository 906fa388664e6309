using Microsoft.Extensions.Logging;
using MimHybrid.Alerts.Channels;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Sending;

/// <summary>
/// Sends what waits in the store, channel by channel in its order, until it has arrived: at least once, with a key by which a receiver
/// knows a message again that a crash made it send twice.
/// </summary>
public sealed partial class MessageSender
{
    /// <summary>What has not arrived by then would tell of the past.</summary>
    private static readonly TimeSpan LongestTry = TimeSpan.FromDays(2);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private readonly AlertStore store;
    private readonly Dictionary<string, IAlertChannel> channels;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly double scale;

    internal MessageSender(AlertStore store, IReadOnlyList<IAlertChannel> channels, double scale, TimeProvider time, ILogger logger)
    {
        (this.store, this.time, this.logger, this.scale) = (store, time, logger, scale);
        this.channels = channels.ToDictionary(channel => channel.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Sends all that is due. Returns when the next is due, UTC; null while nothing waits.</summary>
    public async Task<DateTimeOffset?> SendDueAsync(CancellationToken cancellationToken)
    {
        while (store.FindDue(time.GetUtcNow()) is { } message)
        {
            var delivery = channels.TryGetValue(message.Channel, out var channel)
                ? await channel.SendAsync(message, cancellationToken)
                : new Delivery($"The channel {message.Channel} is no longer in the settings.");
            store.Record(After(message, delivery, isGone: channel is null));
        }

        return store.NextDue();
    }

    private AlertMessage After(AlertMessage message, Delivery delivery, bool isGone)
    {
        var now = time.GetUtcNow();
        var tried = message with { Attempts = message.Attempts + 1, Error = delivery.Error };
        if (delivery.Error is not { } error)
        {
            if (message.Attempts > 0) Log.SentAgain(logger, message.Channel);
            return tried with { SentAt = now };
        }

        var pause = Pause(tried.Attempts, delivery.RetryAfter);
        if (isGone || now + pause > message.CreatedAt + (LongestTry * scale))
        {
            Log.GivenUp(logger, message.Channel, tried.Attempts, error);
            return tried with { GivenUpAt = now };
        }

        if (tried.Attempts == 1) Log.NotSent(logger, message.Channel, error);
        return tried with { NextAt = now + pause };
    }

    /// <summary>Twice as long each time, and never less than the receiver asked for.</summary>
    private TimeSpan Pause(int attempts, TimeSpan? asked)
    {
        var doubled = ShortestPause * Math.Pow(2, Math.Min(attempts - 1, 10));
        var own = (doubled < LongestPause ? doubled : LongestPause) * scale;
        return asked is { } wanted && wanted > own ? wanted : own;
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Warning, "A message over {Channel} could not be sent; it is tried again for two days. {Error}")]
        public static partial void NotSent(ILogger logger, string channel, string error);

        [LoggerMessage(6011, LogLevel.Information, "A message over {Channel} was sent after all")]
        public static partial void SentAgain(ILogger logger, string channel);

        [LoggerMessage(6012, LogLevel.Error,
            "A message over {Channel} was given up after {Attempts} attempts. {Error} See: mimhybrid alerts")]
        public static partial void GivenUp(ILogger logger, string channel, int attempts, string error);
    }
}
