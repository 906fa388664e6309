using System.Net.Sockets;
using MimHybrid.Graph.Requests;
using MimHybrid.Graph.Tests.Polling;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>Whatever the transport throws, at Graph or at the sign-in, is a broken connection, unless it is known to be something else.</summary>
public sealed class BrokenConnectionTests
{
    private const string Link = "https://graph.microsoft.com/v1.0/users/delta?$deltatoken=planted";

    public static TheoryData<Exception> Broken =>
    [
        new SocketException((int)SocketError.NotConnected),
        new SocketException((int)SocketError.ConnectionReset),
        new IOException(Link, new SocketException((int)SocketError.ConnectionReset)),
        new ObjectDisposedException(Link),
        new HttpRequestException(Link, new SocketException((int)SocketError.NotConnected)),
        new AggregateException(new SocketException((int)SocketError.NotConnected)),
    ];

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public async Task What_a_socket_throws_is_a_broken_connection(Exception thrown)
    {
        foreach (var atSignIn in new[] { false, true })
        {
            var failure = await AskAsync(thrown, atSignIn);
            Assert.Equal((PollFailureClass.Unreachable, false), (failure.Class, failure.NeedsPerson));
            Assert.Contains("broke", failure.Sentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mistake_in_a_program_is_not_called_a_broken_connection()
    {
        var failure = await AskAsync(new NotSupportedException(Link), atSignIn: false);
        Assert.Equal((PollFailureClass.ServerError, false), (failure.Class, failure.NeedsPerson));
        Assert.Contains("NotSupportedException", failure.Sentence, StringComparison.Ordinal);
    }

    private static async Task<PollFailure> AskAsync(Exception thrown, bool atSignIn)
    {
        await using var watched = await WatchedTenant.StartAsync();
        using var graph = new GraphConnection(
            watched.Settings, watched.Clock, () => new Breaking(thrown, atSignIn, watched.Tenant.CreateTrustingHandler()));
        var reply = await graph.CountAsync(graph.Links.UserCount, TestContext.Current.CancellationToken);
        var failure = Assert.IsType<GraphReply<long>.Refusal>(reply).Error.Failure;
        watched.AssertNothingTold([failure.ToString()]);
        return failure;
    }

    private sealed class Breaking(Exception thrown, bool atSignIn, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.AbsolutePath.StartsWith("/v1.0", StringComparison.Ordinal) == atSignIn
                ? base.SendAsync(request, cancellationToken)
                : throw thrown;
    }
}
