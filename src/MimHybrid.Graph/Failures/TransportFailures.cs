using System.Security.Authentication;

namespace MimHybrid.Graph.Failures;

/// <summary>Exceptions instead of an answer, in words (reference/graph-delta.md 4.4).</summary>
internal static class TransportFailures
{
    /// <param name="exception">What was thrown. Of its text nothing is quoted: it may contain a link.</param>
    /// <param name="host">Who was asked.</param>
    public static PollFailure From(Exception exception, string host)
    {
        if (ExceptionChain.Find<AuthenticationException>(exception) is not null)
            return new PollFailure(PollFailureClass.Unreachable, NeedsPerson: true,
                $"The certificate that answered for {host} is not trusted here. If a proxy inspects TLS, install its root certificate on this server or exempt {host}.");
        if (ExceptionChain.Find<OperationCanceledException>(exception) is not null)
            return Unreachable($"{host} did not answer within Graph:{nameof(GraphSettings.RequestTimeout)}.");
        if (ExceptionChain.Find<HttpRequestException>(exception) is { } http)
            return Unreachable(Describe(http, host));
        if (ExceptionChain.Find<IOException>(exception) is not null)
            return Unreachable($"The connection to {host} broke.");
        return new PollFailure(PollFailureClass.ServerError, NeedsPerson: false,
            $"The request to {host} ended in a way the agent does not know ({exception.GetType().Name}). It tries again.");
    }

    private static PollFailure Unreachable(string sentence) => new(PollFailureClass.Unreachable, NeedsPerson: false, sentence);

    private static string Describe(HttpRequestException exception, string host) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => $"The name {host} cannot be resolved. Check DNS, and Graph:{nameof(GraphSettings.Proxy)} if this server reaches the internet through a proxy.",
        HttpRequestError.ConnectionError => $"No connection to {host}. Check the firewall, and Graph:{nameof(GraphSettings.Proxy)} if this server reaches the internet through a proxy.",
        HttpRequestError.SecureConnectionError => $"No TLS connection to {host}.",
        HttpRequestError.ProxyTunnelError => $"The proxy makes no connection to {host}. Check that it lets this server's account through.",
        _ => $"The connection to {host} broke.",
    };
}
