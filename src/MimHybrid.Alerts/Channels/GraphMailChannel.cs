using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>By e-mail, over Microsoft Graph: the mail is the same, in MIME, so that an end stands under its beginning here, too.</summary>
/// <param name="name">The channel's name in the settings.</param>
/// <param name="settings">From which mailbox, and to whom.</param>
/// <param name="words">What it says.</param>
/// <param name="graph">Sends it; null where no tenant can be asked, as in a command beside a sandbox.</param>
internal sealed class GraphMailChannel(string name, MailSettings settings, AlertWords words, MailByGraph? graph) : IAlertChannel
{
    private const string NoTenant = "There is no tenant here that could send a mail: only the running agent knows the sandbox's.";

    private readonly MailLetter letter = new(settings, words);

    public string Name { get; } = AlertSettings.MailName(name);

    public async Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken)
    {
        if (graph is null) return new Delivery(NoTenant);
        using var mime = new MemoryStream();
        await letter.Compose(message).WriteToAsync(mime, cancellationToken);
        var (error, after) = await graph.SendAsync(settings.From, mime.ToArray(), cancellationToken);
        return error is null ? Delivery.Done : new Delivery(error, after);
    }

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken) =>
        graph is null ? NoTenant : (await graph.LookAsync(cancellationToken)).Error;
}

/// <summary>Microsoft Graph as a way for mails, from whoever has the sign-in.</summary>
/// <param name="SendAsync">Sends a mail in MIME from a mailbox: why it was not taken, and how long to wait; nulls when it was.</param>
/// <param name="LookAsync">Whether the permission is in the access token, and why there is none.</param>
public sealed record MailByGraph(
    Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<(string? Error, TimeSpan? RetryAfter)>> SendAsync,
    Func<CancellationToken, Task<(bool HasPermission, string? Error)>> LookAsync);
