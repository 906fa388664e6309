using System.Net;
using System.Net.Sockets;
using System.Text;
using MimHybrid.Graph.Requests;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>
/// A server that ends the handshake in one way or another. That a certificate which is not trusted needs a person is shown by
/// <see cref="SignInTests"/>; nothing here does, because the next handshake may be good.
/// </summary>
public sealed class TlsTests
{
    private const byte HandshakeFailure = 40;
    private const byte ProtocolVersion = 70;
    private const byte InsufficientSecurity = 71;
    private const byte InternalError = 80;

    [Theory]
    [InlineData(ProtocolVersion)]
    [InlineData(HandshakeFailure)]
    [InlineData(InsufficientSecurity)]
    public async Task Without_a_common_version_or_cipher_that_is_said(byte alert) => await AssertSaysAsync(Alert(alert), "TLS 1.2");

    [Fact]
    public async Task A_handshake_that_the_other_side_ends_has_broken_off() => await AssertSaysAsync(Alert(InternalError), "broke off");

    [Fact]
    public async Task One_whose_connection_ends_has_broken_off() => await AssertSaysAsync([], "broke off");

    [Fact]
    public async Task One_with_something_that_speaks_no_TLS_has_broken_off() =>
        await AssertSaysAsync(Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\n\r\n"), "broke off");

    private static byte[] Alert(byte description) => [0x15, 0x03, 0x03, 0x00, 0x02, 0x02, description];

    private static async Task AssertSaysAsync(byte[] answer, string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
#pragma warning disable CA2025 // it is awaited below, before the listener goes
        var serving = ServeAsync(listener, answer);
#pragma warning restore CA2025
        var failure = await SignInAsync($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Assert.Equal((PollFailureClass.Unreachable, false), (failure.Class, failure.NeedsPerson));
        Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("trusted", failure.Sentence, StringComparison.Ordinal);
    }

    private static async Task<PollFailure> SignInAsync(string address)
    {
        using var graph = new GraphConnection(
            new GraphSettings
            {
                BaseUrl = address + "v1.0",
                AuthorityHost = address,
                TenantId = "contoso.example",
                ClientId = Guid.NewGuid().ToString(),
                ClientSecret = "planted",
            },
            TimeProvider.System);
        var reply = await graph.SignInAsync(TestContext.Current.CancellationToken);
        return Assert.IsType<GraphReply<DateTimeOffset>.Refusal>(reply).Error.Failure;
    }

    private static async Task ServeAsync(TcpListener listener, byte[] answer)
    {
        while (true)
        {
            using var visitor = await listener.AcceptTcpClientAsync();
            var stream = visitor.GetStream();
            await stream.ReadAtLeastAsync(new byte[16 * 1024], 1);
            await stream.WriteAsync(answer);
        }
    }
}
