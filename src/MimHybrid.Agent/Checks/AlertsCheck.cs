using MimHybrid.Agent.Hosting;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;

namespace MimHybrid.Agent.Checks;

/// <summary>Whether the way to each channel is open; nothing is sent.</summary>
internal sealed class AlertsCheck() : Check("alerts")
{
    private const string Todo =
        "correct the section Alerts, or the way there; mimhybrid alerts test sends a message and says what came of it";

    public override IReadOnlyList<string> Needs => ["settings"];

    public override async Task<IReadOnlyList<Finding>> LookAsync(CheckContext context, CancellationToken cancellationToken)
    {
        var settings = context.Settings!;
        using var mail = GraphMail.Of(settings, context.Time);
        var seen = await AlertCentre.ProbeAsync(AlertService.Setup(settings, context.Time, mail), context.Time, cancellationToken);
        Finding[] unprotected = [.. settings.Alerts.Mail
            .Where(mail => mail.Value is { Over: MailOver.Smtp, Security: MailSecurity.None })
            .Select(mail => Warning($"Mail:{mail.Key} is not encrypted (Security is None): whoever is on the way reads along",
                "set Security to StartTls or Tls, unless the way is this server's own"))];
        return
        [
            .. seen.Where(channel => channel.Error is not null).Select(channel => Failed(channel.Error!.TrimEnd('.'), Todo)),
            .. unprotected,
            .. mail is null ? [] : JudgeRight(await mail.Way.LookAsync(cancellationToken)),
            .. seen.Count == 0
                ? [Ok("no channel is set: people are told by the event log alone")]
                : seen.Where(channel => channel.Error is null).Select(channel => Ok($"{channel.Channel} can be reached")),
        ];
    }

    /// <summary>A right that Exchange gives for one mailbox is in no token: nobody sees it before a mail is sent.</summary>
    internal IEnumerable<Finding> JudgeRight((bool HasPermission, string? Error) seen)
    {
        if (seen.Error is not null) yield break; // the channel says so
        yield return seen.HasPermission
            ? Warning("the application has Mail.Send: it may send as every mailbox of the tenant",
                "limit it to the one in From: README.md, Mail over Microsoft Graph")
            : Ok("the application has no Mail.Send in its token; whether Exchange lets it send from the mailbox shows with the first mail",
                "send one: mimhybrid alerts test. Where it is refused: README.md, Mail over Microsoft Graph");
    }
}
