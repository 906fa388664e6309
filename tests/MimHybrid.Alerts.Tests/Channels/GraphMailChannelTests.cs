using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Settings;
using MimHybrid.Store.Rows;
using MimeKit;

namespace MimHybrid.Alerts.Tests.Channels;

/// <summary>Mails over Microsoft Graph are the same mails; how Graph takes them is in MimHybrid.Graph.Tests.</summary>
public sealed class GraphMailChannelTests
{
    private static readonly MailSettings Settings = new() { Over = MailOver.Graph, From = "mimhybrid@contoso.example", To = ["identity@contoso.example"] };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_end_stands_under_the_beginning_here_too()
    {
        List<(string From, MimeMessage Mail)> sent = [];
        var channel = Channel(async (from, mime, token) =>
        {
            sent.Add((from, await MimeMessage.LoadAsync(new MemoryStream(mime.ToArray()), token)));
            return (null, null);
        });

        foreach (var kind in new[] { AlertNoticeKind.Begin, AlertNoticeKind.End })
            Assert.Equal(Delivery.Done, await channel.SendAsync(SomeMessage.Of(SomeMessage.Refused(kind)), Cancellation));

        Assert.All(sent, each => Assert.Equal("mimhybrid@contoso.example", each.From));
        Assert.Equal(sent[0].Mail.MessageId, sent[1].Mail.InReplyTo);
        Assert.Equal(["identity@contoso.example"], sent[0].Mail.To.Mailboxes.Select(box => box.Address));
        Assert.StartsWith("1 guest has no account", sent[0].Mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_graph_says_is_the_answer()
    {
        var channel = Channel((_, _, _) => Task.FromResult<(string?, TimeSpan?)>(("Graph asks for fewer requests (429).", TimeSpan.FromMinutes(3))));
        Assert.Equal(new Delivery("Graph asks for fewer requests (429).", TimeSpan.FromMinutes(3)), await channel.SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation));
        Assert.Equal("no sign-in", await channel.ProbeAsync(Cancellation));
        Assert.StartsWith("There is no tenant here", (await new GraphMailChannel("Admins", Settings, SomeMessage.Words, null).SendAsync(SomeMessage.Of(SomeMessage.Refused()), Cancellation)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp.contoso.example", "", false)]
    [InlineData("", "password", false)]
    [InlineData("", "", true)]
    public void A_mail_server_and_graph_are_one_or_the_other(string server, string password, bool isAllowed)
    {
        var settings = new AlertSettings();
        settings.Mail["Admins"] = new MailSettings { Over = MailOver.Graph, Server = server, Password = password, From = Settings.From, To = Settings.To };
        Assert.Equal(isAllowed, !settings.Validate(loopbackWithoutTls: false).Any());
    }

    private static GraphMailChannel Channel(Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<(string?, TimeSpan?)>> send) =>
        new("Admins", Settings, SomeMessage.Words, new MailByGraph(send, _ => Task.FromResult<(bool, string?)>((false, "no sign-in"))));
}
