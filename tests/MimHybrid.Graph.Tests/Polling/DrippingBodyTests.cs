using System.Net;
using MimHybrid.Graph.Delta;
using MimHybrid.Graph.Requests;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// A body that comes in pieces: as long as it is alive it may take its time, but not for ever
/// (MimHybrid.Graph/README.md#waiting-and-retries).
/// </summary>
public sealed class DrippingBodyTests
{
    /// <summary>The shipped limits are 45 seconds for a silence and 100 for the whole.</summary>
    [Theory]
    [InlineData(3, 30, null)]
    [InlineData(5, 30, "Graph:RequestTimeout")]
    [InlineData(2, 46, "Graph:IdleTimeout")]
    public async Task It_is_read_while_it_lives_and_given_up_when_it_does_not_end(int pieces, int secondsEach, string? exhausted)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        void Pass() => watched.Clock.Advance(TimeSpan.FromSeconds(secondsEach));
        using var graph = new GraphConnection(watched.Settings, watched.Clock, () => new Dripping(watched.Tenant.CreateTrustingHandler(), pieces, Pass));

        var reply = await graph.GetPageAsync(graph.Links.First, TestContext.Current.CancellationToken);
        if (exhausted is null) Assert.Single(Assert.IsType<GraphReply<DeltaPage>.Answer>(reply).Value.Entries);
        else Assert.Contains(exhausted, Assert.IsType<GraphReply<DeltaPage>.Refusal>(reply).Error.Failure.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Hands the bodies of Graph on in so many pieces.</summary>
    private sealed class Dripping : DelegatingHandler
    {
        private readonly int pieces;
        private readonly Action pass;

        public Dripping(HttpMessageHandler inner, int pieces, Action pass)
            : base(inner)
        {
            (this.pieces, this.pass) = (pieces, pass);
            ((SocketsHttpHandler)inner).AutomaticDecompression = DecompressionMethods.All;
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.Content is not null) return response; // the sign-in
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            response.Content = new StreamContent(new Pieces(body, (body.Length / pieces) + 1, pass));
            return response;
        }
    }

    /// <summary>Before each piece, time passes.</summary>
    private sealed class Pieces(byte[] body, int size, Action pass) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length) pass();
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, size)], cancellationToken);
        }
    }
}
