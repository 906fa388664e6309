using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;
using MimHybrid.Store.Rows;
using MimeKit;
using SmtpServer.Protocol;

namespace MimHybrid.Alerts.Tests.Channels;

public sealed class MailChannelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    [InlineData(MailSecurity.None)]
    public async Task A_mail_arrives_with_cause_and_next_step_in_its_first_lines(MailSecurity security)
    {
        await using var server = MailCatcher.Start(tls: security == MailSecurity.Tls);

        Assert.Equal(Delivery.Done, await Channel(server, security).SendAsync(SomeMessage.Of(SomeMessage.Refused(lines: "1 object: insufficient-access-rights")), Cancellation));

        var mail = Assert.Single(server.Mails);
        Assert.Equal("1 guest has no account, or an old one: the directory of ADMA refused it [MimHybrid on MIM01]", mail.Subject);
        Assert.Equal(["identity@contoso.example", "helpdesk@contoso.example"], mail.To.Mailboxes.Select(box => box.Address));
        var lines = mail.TextBody!.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal("1 guest has no account, or an old one: the directory of ADMA refused it", lines[0]);
        Assert.Equal("Do: Give the account of ADMA the right on OU=Guests. The next cycle tries again.", lines[1]);
        Assert.Contains("insufficient-access-rights", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(MessagePriority.Urgent, mail.Priority);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    /// <summary>What is published leaves it out; so no test here may find it.</summary>
    [Fact]
    public void Mail_needs_no_cryptography_of_its_own() =>
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "BouncyCastle.Cryptography.dll")));

    [Fact]
    public async Task The_end_stands_under_the_beginning_and_a_mail_sent_twice_has_the_same_id()
    {
        await using var server = MailCatcher.Start();
        var channel = Channel(server);
        foreach (var kind in new[] { AlertNoticeKind.Begin, AlertNoticeKind.Reminder, AlertNoticeKind.End, AlertNoticeKind.End })
            await channel.SendAsync(SomeMessage.Of(SomeMessage.Refused(kind)), Cancellation);

        Assert.Equal(4, server.Mails.Count);
        Assert.All(server.Mails.Skip(1), mail => Assert.Equal(server.Mails[0].MessageId, mail.InReplyTo));
        Assert.Equal(server.Mails[2].MessageId, server.Mails[3].MessageId);
        Assert.StartsWith("Over: ", server.Mails[2].Subject, StringComparison.Ordinal);
        Assert.Contains("It lasted 65 min, from 2026-11-29 10:55 (UTC+00:00) to 2026-11-29 12:00 (UTC+00:00).", server.Mails[2].TextBody, StringComparison.Ordinal);
        Assert.Equal(MessagePriority.Normal, server.Mails[2].Priority);
    }

    [Theory]
    [InlineData("right", null)]
    [InlineData("wrong", "does not let the agent in")]
    public async Task It_signs_in_where_the_settings_say_so(string password, string? error)
    {
        await using var server = MailCatcher.Start(signIn: true);
        var settings = Settings(server, MailSecurity.StartTls);
        (settings.SignIn, settings.User, settings.Password) = (MailSignIn.Password, "mimhybrid", password);

        var delivery = await Channel(server, settings).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation);

        Assert.Equal(error is null, delivery.Error is null);
        if (error is not null) Assert.Contains(error, delivery.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", delivery.Error ?? "", StringComparison.Ordinal);
        Assert.Equal(delivery.Error, await Channel(server, settings).ProbeAsync(Cancellation));
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_not_taken()
    {
        await using var server = MailCatcher.Start();

        var delivery = await new MailChannel("Admins", Settings(server, MailSecurity.StartTls), SomeMessage.Words).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation);

        Assert.Contains("has a certificate that this server does not trust", delivery.Error, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_yet_is_told_with_its_code_and_takes_the_mail_later()
    {
        await using var server = MailCatcher.Start(answer: number => number == 1 ? new SmtpResponse(SmtpReplyCode.Aborted, "greylisted, come back later") : SmtpResponse.Ok);
        var channel = Channel(server);

        Assert.EndsWith("refuses the mail: 451 greylisted, come back later.", (await channel.SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation)).Error, StringComparison.Ordinal);
        Assert.Equal(Delivery.Done, await channel.SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation));
    }

    /// <summary>As far as the script goes; then the connection is dropped.</summary>
    [Theory]
    [InlineData("220 hello|250 hello|250 sender|250 receiver|250 receiver|354 go on|421 shutting down", "421 shutting down")]
    [InlineData("220 hello|250 hello|250 sender|250 receiver|250 receiver|354 go on", "broke off")]
    [InlineData("220 hello|250 hello|550 no such sender", "550 no such sender")]
    [InlineData("220 hello", "broke off")]
    [InlineData("HTTP/1.1 400 Bad Request", "broke off")]
    public async Task A_server_that_breaks_off_is_told_and_no_exception(string script, string error)
    {
        await using var listener = new ScriptedServer(script.Split('|'));
        var settings = new MailSettings { Server = "localhost", Port = listener.Port, Security = MailSecurity.None, From = "m@contoso.example", To = ["a@contoso.example", "b@contoso.example"] };

        var delivery = await new MailChannel("Admins", settings, SomeMessage.Words).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation);

        Assert.Contains(error, delivery.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        var settings = new MailSettings { Server = "localhost", Port = 9, Security = MailSecurity.None, From = "m@contoso.example", To = ["a@contoso.example"] };

        Assert.StartsWith("The mail server localhost:9 cannot be reached: ",
            (await new MailChannel("Admins", settings, SomeMessage.Words).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation)).Error, StringComparison.Ordinal);
    }

    private static MailChannel Channel(MailCatcher server, MailSecurity security = MailSecurity.StartTls) => Channel(server, Settings(server, security));

    /// <summary>Trusts the test's own certificate, and no other.</summary>
    private static MailChannel Channel(MailCatcher server, MailSettings settings) => new("Admins", settings, SomeMessage.Words, client =>
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == server.Certificate.GetCertHashString());

    private static MailSettings Settings(MailCatcher server, MailSecurity security) => new()
    {
        Server = "localhost",
        Port = server.Port,
        Security = security,
        From = "mimhybrid@contoso.example",
        To = ["identity@contoso.example", "helpdesk@contoso.example"],
    };
}
