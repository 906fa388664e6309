using System.Net;
using System.Net.Sockets;

namespace MimHybrid.Alerts.Tests.Channels;

/// <summary>A server that says one line after the other, each after a line of the client's, and then drops the connection.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task playing;

    public ScriptedServer(string[] script)
    {
        listener.Start();
        playing = PlayAsync(script);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await playing;
        listener.Dispose();
    }

    private async Task PlayAsync(string[] script)
    {
        using var client = await listener.AcceptTcpClientAsync();
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { NewLine = "\r\n", AutoFlush = true };
        foreach (var line in script)
        {
            await writer.WriteLineAsync(line);
            if (line.StartsWith("354", StringComparison.Ordinal)) while (await reader.ReadLineAsync() is { } body && body != ".") { }
            else if (await reader.ReadLineAsync() is null) return;
        }
    }
}
