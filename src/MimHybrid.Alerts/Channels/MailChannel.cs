using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Channels;

/// <summary>By e-mail, over SMTP.</summary>
internal sealed class MailChannel(string name, MailSettings settings, AlertWords words, Action<SmtpClient>? configure = null)
    : IAlertChannel
{
    private readonly MailLetter letter = new(settings, words);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name { get; } = AlertSettings.MailName(name);

    private Attempt Attempt => new(
        Patience, $"The mail server {settings.Server} did not answer within {Patience.TotalSeconds:0} seconds.", Explain);

    public Task<Delivery> SendAsync(AlertMessage message, CancellationToken cancellationToken) => Attempt.MakeAsync(
        async limit =>
        {
            using var client = Client();
            await ConnectAsync(client, limit);
            await client.SendAsync(letter.Compose(message), limit);
            try
            {
                await client.DisconnectAsync(quit: true, limit);
            }
            catch (Exception e) when (e is IOException or SocketException or SmtpProtocolException or OperationCanceledException)
            {
                // The server has the message; whether it hears the goodbye is its affair.
            }

            return Delivery.Done;
        },
        cancellationToken);

    public async Task<string?> ProbeAsync(CancellationToken cancellationToken) => (await Attempt.MakeAsync(
        async limit =>
        {
            using var client = Client();
            await ConnectAsync(client, limit);
            await client.DisconnectAsync(quit: true, limit);
            return Delivery.Done;
        },
        cancellationToken)).Error;

    private SmtpClient Client()
    {
        // As everywhere else in .NET: the list of revoked certificates of a company's own authority is often out of a server's reach.
        var client = new SmtpClient { CheckCertificateRevocation = false };
        configure?.Invoke(client);
        return client;
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        var security = settings.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.None => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        };
        await client.ConnectAsync(settings.Server, Port, security, cancellationToken);
        if (settings.SignIn == MailSignIn.Password) await client.AuthenticateAsync(settings.User, settings.Password, cancellationToken);
        if (settings.SignIn == MailSignIn.Windows)
        {
            var own = CredentialCache.DefaultNetworkCredentials;
            SaslMechanism mechanism = client.AuthenticationMechanisms.Contains("GSSAPI")
                ? new SaslMechanismGssapi(own)
                : new SaslMechanismNtlmNative(own);
            await client.AuthenticateAsync(mechanism, cancellationToken);
        }
    }

    private int Port => settings.Port > 0 ? settings.Port : settings.Security switch
    {
        MailSecurity.Tls => 465,
        MailSecurity.None => 25,
        _ => 587,
    };

    private string? Explain(Exception fault)
    {
        var server = string.Create(CultureInfo.InvariantCulture, $"The mail server {settings.Server}:{Port}");
        return fault switch
        {
            SslHandshakeException or System.Security.Authentication.AuthenticationException { InnerException: not null } =>
                $"{server} has a certificate that this server does not trust, or no TLS that it knows: {FirstLine(fault)}",
            MailKit.Security.AuthenticationException => $"{server} does not let the agent in: {FirstLine(fault)}",
            SmtpCommandException command =>
                $"{server} refuses the mail: {(int)command.StatusCode} {FirstLine(command)}",
            NotSupportedException => $"{server} does not offer what the settings ask for: {FirstLine(fault)}",
            SmtpProtocolException or IOException => $"The connection to {server["The ".Length..]} broke off: {FirstLine(fault)}",
            SocketException => $"{server} cannot be reached: {FirstLine(fault)}",
            InvalidCredentialException or SaslException => $"{server} does not let the agent in: {FirstLine(fault)}",
            _ => null,
        };
    }

    private static string FirstLine(Exception fault) => fault.Message.Split('\n', 2)[0].TrimEnd().TrimEnd('.') + ".";
}
