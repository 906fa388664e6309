using MimeKit;

namespace MimHybrid.Alerts.Settings;

/// <summary>What is allowed in the section <c>Alerts</c>. What may be a secret is never quoted.</summary>
internal static class AlertSettingsRules
{
    public static IEnumerable<string> Check(AlertSettings settings, bool loopbackWithoutTls) =>
    [
        .. SettingRule.Number("Alerts:MessagesPerHour", settings.MessagesPerHour, 1, 1000),
        .. SettingRule.Duration(
            "Alerts:LongestWithoutCycle", settings.LongestWithoutCycle, TimeSpan.FromMinutes(10), TimeSpan.FromDays(30)),
        .. SettingRule.Duration(
            "Alerts:LongestWithoutReading", settings.LongestWithoutReading, TimeSpan.FromMinutes(10), TimeSpan.FromDays(7)),
        .. settings.Heartbeat.Address.Length == 0 || IsAddress(settings.Heartbeat.Address, loopbackWithoutTls)
            ? Array.Empty<string>()
            : [WrongAddress("Alerts:Heartbeat:Address")],
        .. SettingRule.Defined("Alerts:Heartbeat:Method", settings.Heartbeat.Method),
        .. settings.Mail.Keys.SelectMany(name => Check($"Alerts:Mail:{name}", settings.Mail[name])),
        .. settings.Webhook.Keys.SelectMany(name => Check($"Alerts:Webhook:{name}", settings.Webhook[name], loopbackWithoutTls)),
    ];

    private static IEnumerable<string> Check(string path, MailSettings mail) =>
    [
        .. SettingRule.Defined($"{path}:Over", mail.Over),
        .. mail.Over == MailOver.Graph ? CheckGraph(path, mail) : CheckServer(path, mail),
        .. CheckAddresses(path, mail),
    ];

    private static IEnumerable<string> CheckGraph(string path, MailSettings mail)
    {
        if (mail.Server.Length > 0 || mail.SignIn != MailSignIn.None || mail.User.Length > 0 || mail.Password.Length > 0)
            yield return $"{path}:Over is 'Graph'; allowed is that only without Server, SignIn, User and Password: the agent signs in to "
                + "Graph as its application.";
    }

    private static IEnumerable<string> CheckServer(string path, MailSettings mail)
    {
        if (Uri.CheckHostName(mail.Server) == UriHostNameType.Unknown)
            yield return SettingRule.Wrong($"{path}:Server", mail.Server, "the name of a mail server, e.g. smtp.contoso.com");
        foreach (var error in SettingRule.Number($"{path}:Port", mail.Port, 0, 65535)) yield return error;
        foreach (var error in SettingRule.Defined($"{path}:Security", mail.Security)) yield return error;
        foreach (var error in SettingRule.Defined($"{path}:SignIn", mail.SignIn)) yield return error;
        if (mail.SignIn == MailSignIn.Password && (mail.User.Length == 0 || mail.Password.Length == 0))
            yield return $"{path}:SignIn is 'Password'; allowed is that only together with {path}:User and {path}:Password.";
        if (mail.SignIn != MailSignIn.Password && (mail.User.Length > 0 || mail.Password.Length > 0))
            yield return $"{path}:User or {path}:Password is set; allowed is that only where {path}:SignIn is 'Password'.";
        if (mail is { SignIn: MailSignIn.Password, Security: MailSecurity.None })
            yield return $"{path}:Security is 'None'; allowed is with a password StartTls or Tls: anybody on the way would read it.";
    }

    private static IEnumerable<string> CheckAddresses(string path, MailSettings mail)
    {
        if (!IsMail(mail.From)) yield return $"{path}:From is no mail address; allowed is one, e.g. mimhybrid@contoso.com.";
        if (mail.To.Length == 0) yield return $"{path}:To is missing; allowed is a list of mail addresses.";
        foreach (var to in mail.To.Select((address, index) => (address, index)).Where(to => !IsMail(to.address)))
            yield return $"{path}:To:{to.index} is no mail address; allowed is one, e.g. identity-team@contoso.com.";
    }

    private static IEnumerable<string> Check(string path, WebhookSettings hook, bool loopbackWithoutTls)
    {
        if (!IsAddress(hook.Address, loopbackWithoutTls)) yield return WrongAddress($"{path}:Address");
        foreach (var error in SettingRule.Defined($"{path}:Shape", hook.Shape)) yield return error;
        foreach (var name in hook.Headers.Keys.Where(name => !IsHeader(name)))
            yield return $"{path}:Headers has a name that no header has; allowed are letters, digits and hyphens, and none of Host, "
                + "Content-Type and Content-Length.";
    }

    private static string WrongAddress(string setting) =>
        $"{setting} is no address that a message can be sent to (not shown); allowed is one that begins with https://, without a name "
            + "and password; http:// only to this machine, in the sandbox.";

    private static bool IsAddress(string text, bool loopbackWithoutTls) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && loopbackWithoutTls && address.IsLoopback));

    private static bool IsMail(string text) =>
        text.Contains('@', StringComparison.Ordinal) && MailboxAddress.TryParse(text, out var address) && address.Domain.Length > 0;

    private static bool IsHeader(string name) =>
        name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-')
        && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) && !name.Equals("Host", StringComparison.OrdinalIgnoreCase);
}
