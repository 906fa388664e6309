using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>A way to tell somebody.</summary>
internal interface IAlertChannel
{
    /// <summary>As in the settings: <c>Mail:Admins</c>, <c>Webhook:Teams</c>.</summary>
    string Name { get; }

    /// <summary>Sends one message. What fails is an answer and not an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken);

    /// <summary>Whether the way there is open, without sending anything: null, or what is wrong in a sentence without a secret.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<string?> ProbeAsync(CancellationToken cancellationToken);
}

/// <summary>What became of a message.</summary>
/// <param name="Error">Why it did not arrive, in a sentence without a secret; null: it did.</param>
/// <param name="RetryAfter">What the receiver asked for; null where it asked for nothing.</param>
internal sealed record Delivery(string? Error = null, TimeSpan? RetryAfter = null)
{
    public static Delivery Done { get; } = new();
}
