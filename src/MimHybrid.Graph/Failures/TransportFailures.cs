using System.Net.Sockets;

namespace MimHybrid.Graph.Failures;

/// <summary>What an administrator is told of an exception that came instead of an answer (README.md#the-errors-of-the-sdk).</summary>
internal static class TransportFailures
{
    private const string ProxyHint = "Check Graph:Proxy if this server reaches the internet through a proxy.";

    /// <param name="exception">What was thrown. Of its text nothing is quoted: it may contain a link.</param>
    /// <param name="host">Who was asked.</param>
    /// <param name="limit">The setting whose time was up, if that ended the request.</param>
    public static PollFailure From(Exception exception, string host, string? limit = null)
    {
        if (TlsFailures.From(exception, host) is { } tls) return tls;
        if (ExceptionChain.Find<OperationCanceledException>(exception) is not null)
            return Unreachable($"{host} did not answer within Graph:{limit ?? nameof(GraphSettings.RequestTimeout)}.");
        if (ExceptionChain.Find<HttpRequestException>(exception) is { } http)
            return Describe(http.HttpRequestError, host);
        return IsTransport(exception)
            ? Unreachable($"The connection to {host} broke.")
            : PollFailure.Passing(PollFailureClass.ServerError,
                $"The request to {host} ended in a way the agent does not know ({exception.GetType().Name}).",
                meanwhile: "It tries again.");
    }

    /// <summary>
    /// Whatever the transport throws is a broken connection. A pool throws what its socket threw, bare, or that a stream is gone already;
    /// what is left is a mistake in a program, the agent's or a library's.
    /// </summary>
    public static bool IsTransport(Exception exception) => ExceptionChain.Of(exception).Any(each =>
        each is HttpRequestException or IOException or SocketException or ObjectDisposedException or OperationCanceledException);

    private static PollFailure Unreachable(string what, string? whatToDo = null) =>
        PollFailure.Passing(PollFailureClass.Unreachable, what, whatToDo);

    private static PollFailure Describe(HttpRequestError error, string host) => error switch
    {
        HttpRequestError.NameResolutionError => Unreachable($"The name {host} cannot be resolved.", $"Check DNS. {ProxyHint}"),
        HttpRequestError.ConnectionError => Unreachable($"No connection to {host}.", $"Check the firewall. {ProxyHint}"),
        HttpRequestError.SecureConnectionError => Unreachable($"The TLS handshake with {host} broke off.", ProxyHint),
        HttpRequestError.ProxyTunnelError => Unreachable(
            $"The proxy makes no connection to {host}.", "Check that it lets this server's account through."),
        _ => Unreachable($"The connection to {host} broke."),
    };
}
