using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>A proxy on loopback that tunnels what it is asked to (CONNECT), and remembers where to.</summary>
internal sealed class ForwardingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly ConcurrentQueue<string> tunnels = new();
    private readonly Task accepting;

    public ForwardingProxy()
    {
        listener.Start();
        accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>The hosts and ports asked for, in order.</summary>
    public IReadOnlyCollection<string> Tunnels => tunnels;

    /// <summary>Answers with this instead of making a tunnel.</summary>
    public string? Refusal { get; set; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Dispose();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> open = [];
        while (!ended.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(ended.Token);
            open.Add(ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var inside = client.GetStream();
        var target = await ReadTargetAsync(inside);
        tunnels.Enqueue(target);
        if (Refusal is { } refusal)
        {
            await inside.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {refusal}\r\nContent-Length: 0\r\n\r\n"), ended.Token);
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, int.Parse(target.AsSpan(target.LastIndexOf(':') + 1), null), ended.Token);
        await inside.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), ended.Token);
        var outside = server.GetStream();
        await Task.WhenAny(inside.CopyToAsync(outside, ended.Token), outside.CopyToAsync(inside, ended.Token));
    }

    /// <summary>Byte by byte: what follows the head belongs to the tunnel.</summary>
    private async Task<string> ReadTargetAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one, ended.Token) > 0)
            head.Append((char)one[0]);
        return head.ToString().Split(' ')[1];
    }
}
