using System.Globalization;
using MimeKit;
using MimeKit.Text;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>A message as a mail, whatever it goes over.</summary>
internal sealed class MailLetter(MailSettings settings, AlertWords words)
{
    public MimeMessage Compose(AlertMessage message)
    {
        var first = message.Notices[0];
        var mail = new MimeMessage
        {
            Subject = words.Subject(message),
            Date = message.CreatedAt,
            // Twice the same message has twice the same id, by which mail servers know it again.
            MessageId = first.Kind == AlertNoticeKind.Begin ? ThreadOf(first) : $"{message.Key}@mimhybrid.{Domain}",
            Priority = first is { IsError: true, Kind: not AlertNoticeKind.End } ? MessagePriority.Urgent : MessagePriority.Normal,
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = MailText.Plain(message, words) },
                new TextPart(TextFormat.Html) { Text = MailText.Html(message, words) }),
        };
        mail.From.Add(MailboxAddress.Parse(settings.From));
        mail.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated"); // RFC 3834: nobody's absence answers
        if (first is { Kind: not AlertNoticeKind.Begin, Alert: > 0 })
        {
            mail.InReplyTo = ThreadOf(first);
            mail.References.Add(ThreadOf(first));
        }

        return mail;
    }

    /// <summary>The id of the mail that an alert began with: its end stands below it.</summary>
    private string ThreadOf(AlertNotice notice) => string.Create(
        CultureInfo.InvariantCulture, $"alert-{notice.Alert}-{notice.FirstSeen.UtcTicks:x}@mimhybrid.{Domain}");

    private string Domain => MailboxAddress.Parse(settings.From).Domain;
}
