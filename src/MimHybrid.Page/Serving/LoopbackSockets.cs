using System.Net;
using System.Net.Sockets;

namespace MimHybrid.Page.Serving;

/// <summary>
/// One port on 127.0.0.1 and, where the machine has it, on ::1. The sockets are bound here, before the server has them, so that nobody can
/// take the second half between finding a free port and listening on it.
/// </summary>
internal sealed class LoopbackSockets
{
    private const int Tries = 20;

    private readonly Socket four;
    private readonly Socket? six;

    private LoopbackSockets(Socket four, Socket? six) => (this.four, this.six) = (four, six);

    public int Port => ((IPEndPoint)four.LocalEndPoint!).Port;

    public IEnumerable<IPEndPoint> EndPoints => new[] { four, six }.OfType<Socket>().Select(socket => (IPEndPoint)socket.LocalEndPoint!);

    /// <param name="port">0 for one that is free.</param>
    /// <exception cref="IOException">Another program has the port.</exception>
    public static LoopbackSockets Bind(int port)
    {
        for (var left = port == 0 ? Tries : 1; ; left--)
        {
            var four = TryBind(IPAddress.Loopback, port)
                ?? throw new IOException($"another program listens on port {port}; leave out --port, or give another one");
            var taken = ((IPEndPoint)four.LocalEndPoint!).Port;
            if (!HasSix()) return new LoopbackSockets(four, null);
            if (TryBind(IPAddress.IPv6Loopback, taken) is { } six) return new LoopbackSockets(four, six);
            four.Dispose();
            if (left == 1) throw new IOException($"another program listens on port {taken} of ::1; leave out --port, or give another one");
        }
    }

    /// <summary>The socket of an address: the server owns it from here on.</summary>
    public Socket Give(EndPoint endPoint) => endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? six! : four;

    private static bool HasSix()
    {
        if (!Socket.OSSupportsIPv6) return false;
        try
        {
            using var socket = Open(IPAddress.IPv6Loopback);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false; // the system knows IPv6, and this machine has no such address
        }
    }

    private static Socket? TryBind(IPAddress address, int port)
    {
        var socket = Open(address);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <summary>On Windows, another account could otherwise bind the same port over ours, and be given our readers.</summary>
    private static Socket Open(IPAddress address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (OperatingSystem.IsWindows()) socket.ExclusiveAddressUse = true;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) socket.DualMode = false;
        return socket;
    }
}
