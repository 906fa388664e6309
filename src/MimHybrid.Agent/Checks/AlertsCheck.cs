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
        var seen = await AlertCentre.ProbeAsync(AlertService.Setup(settings, context.Time), context.Time, cancellationToken);
        Finding[] unprotected = [.. settings.Alerts.Mail.Where(mail => mail.Value.Security == MailSecurity.None)
            .Select(mail => Warning($"Mail:{mail.Key} is not encrypted (Security is None): whoever is on the way reads along",
                "set Security to StartTls or Tls, unless the way is this server's own"))];
        return
        [
            .. seen.Where(channel => channel.Error is not null).Select(channel => Failed(channel.Error!.TrimEnd('.'), Todo)),
            .. unprotected,
            .. seen.Count == 0
                ? [Ok("no channel is set: people are told by the event log alone")]
                : seen.Where(channel => channel.Error is null).Select(channel => Ok($"{channel.Channel} can be reached")),
        ];
    }
}
