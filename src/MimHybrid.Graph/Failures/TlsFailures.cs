using System.ComponentModel;
using System.Security.Authentication;

namespace MimHybrid.Graph.Failures;

/// <summary>What went wrong before a connection was encrypted: three things, of which only one needs a person (README.md#tls).</summary>
internal static class TlsFailures
{
    /// <summary>
    /// Schannel's codes for "no common algorithm" and for the alerts protocol_version and handshake_failure; 32 bits, as .NET shows them.
    /// </summary>
    private static readonly HashSet<int> NothingInCommon =
        [unchecked((int)0x80090331), unchecked((int)0x80090302), unchecked((int)0x80090326)];

    /// <summary>
    /// The same of OpenSSL: no ciphers or protocols available, no shared cipher, unsupported protocol, and the alerts handshake_failure,
    /// protocol_version and insufficient_security. A reason is in the lowest bits of an error.
    /// </summary>
    private static readonly HashSet<int> NothingInCommonForOpenSsl = [181, 191, 193, 258, 1040, 1070, 1071];

    private const int ReasonBits = 0xFFF;

    /// <summary>The failure; null when the exception is about something else than TLS.</summary>
    public static PollFailure? From(Exception exception, string host)
    {
        if (ExceptionChain.Find<AuthenticationException>(exception) is not { } tls) return null;

        // A certificate that was looked at and refused is .NET's own finding: nothing is inside, and its words, which are never translated,
        // begin so. All else comes from below, or is no TLS at all.
        if (tls.InnerException is null && tls.Message.StartsWith("The remote certificate", StringComparison.Ordinal))
            return PollFailure.ForPerson(
                PollFailureClass.Unreachable,
                $"The certificate that answered for {host} is not trusted here.",
                "If a proxy inspects TLS, install its root certificate on this server or exempt the host.");
        var (what, whatToDo) = ExceptionChain.Of(tls).Any(HasNothingInCommon)
            ? ($"This server and {host} have no version or cipher of TLS in common.",
                "Check that TLS 1.2 is switched on here, and whether a proxy stands between.")
            : ($"The TLS handshake with {host} broke off.", "If this lasts, check whether a proxy stands between.");
        return PollFailure.Passing(PollFailureClass.Unreachable, what, whatToDo, "The agent tries again.");
    }

    private static bool HasNothingInCommon(Exception exception) => exception is Win32Exception { NativeErrorCode: var native }
        ? NothingInCommon.Contains(native)
        : NothingInCommonForOpenSsl.Contains(exception.HResult & ReasonBits) && (uint)exception.HResult < 0x80000000;
}
