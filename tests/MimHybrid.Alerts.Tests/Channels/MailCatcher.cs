using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace MimHybrid.Alerts.Tests.Channels;

/// <summary>A real SMTP server on loopback that keeps what it is given.</summary>
internal sealed class MailCatcher : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly Task running;

    private MailCatcher(int port, bool tls, bool signIn, Func<int, SmtpResponse> answer)
    {
        Port = port;
        Certificate = MakeCertificate();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).Certificate(Certificate).IsSecure(tls);
            if (signIn) endpoint.AuthenticationRequired();
        }).Build();
        var services = new ServiceProvider();
        services.Add(new Store(this, answer));
        if (signIn) services.Add(new SignIn());
        running = new SmtpServer.SmtpServer(options, services).StartAsync(ended.Token);
    }

    public int Port { get; }

    public X509Certificate2 Certificate { get; }

    public List<MimeMessage> Mails { get; } = [];

    /// <param name="tls">From the first byte; else by STARTTLS, if the client asks for it.</param>
    /// <param name="signIn">Whether only <c>mimhybrid</c> with the password <c>right</c> is let in.</param>
    /// <param name="answer">To the mail of that number, from 1; null takes each.</param>
    public static MailCatcher Start(bool tls = false, bool signIn = false, Func<int, SmtpResponse>? answer = null)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new MailCatcher(port, tls, signIn, answer ?? (_ => SmtpResponse.Ok));
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Certificate.Dispose();
        ended.Dispose();
    }

    public static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow(); // TLS looks at the real one
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private sealed class Store(MailCatcher catcher, Func<int, SmtpResponse> answer) : MessageStore
    {
        private int number;

        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var said = answer(++number);
            if (said.ReplyCode == SmtpReplyCode.Ok) catcher.Mails.Add(await MimeMessage.LoadAsync(new MemoryStream(buffer.ToArray()), cancellationToken));
            return said;
        }
    }

    private sealed class SignIn : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == "mimhybrid" && password == "right");
    }
}
