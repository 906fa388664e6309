using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace MimHybrid.Graph.Failures;

/// <summary>Why Entra gave no token (README.md#sign-in-codes). Of the exception's text only the AADSTS code is used.</summary>
internal static partial class SignInFailures
{
    /// <param name="exception">What the credential threw.</param>
    /// <param name="host">The authority's host.</param>
    /// <param name="time">For a Retry-After that is a date.</param>
    /// <param name="kind">What was signed in with.</param>
    public static PollFailure From(Exception exception, string host, TimeProvider time, CredentialKind kind) =>
        ExceptionChain.Find<MsalServiceException>(exception) is { } service && FromAnswer(service, host, time) is { } answered ? answered
        : kind == CredentialKind.ManagedIdentity && ExceptionChain.Find<OperationCanceledException>(exception) is null ? NoManagedIdentity
        : FromException(exception, host);

    /// <summary>
    /// The agent of Azure Arc stands on this server: whether it answers not at all, refuses, or names a key file that this account may not
    /// read, the causes are the same few (README.md#the-credential).
    /// </summary>
    private static PollFailure NoManagedIdentity => PollFailure.ForPerson(PollFailureClass.Configuration,
        "The Azure Arc agent on this server gives this account no token.",
        "Its service himds must run, the server must be connected, and this account must be in the local group "
        + "Hybrid agent extension applications; a new member signs in again before it counts.");

    /// <summary>What the token endpoint said; null when it said nothing of use.</summary>
    private static PollFailure? FromAnswer(MsalServiceException service, string host, TimeProvider time) => service switch
    {
        // MSAL refuses by itself, without a request, while a wait that Entra asked for lasts: the answer that asked for it still holds.
        MsalThrottledServiceException throttled => FromAnswer(throttled.OriginalServiceException, host, time),
        { StatusCode: 429 } => Throttled(service, host, time),
        { StatusCode: 407 } => PollFailure.Passing(
            PollFailureClass.Unreachable, "The proxy asks for a sign-in (407).", "Check that it lets this server's account through."),
        { StatusCode: 408 } => PollFailure.Passing(
            PollFailureClass.Unreachable, $"{host} gave up waiting for the sign-in (408).", meanwhile: "The agent tries again."),
        { StatusCode: >= 500 } => Trouble(service, host, time),
        _ when FindCode(service) is { } code => SignInCodes.Explain(code),
        { ErrorCode: "invalid_client" or "unauthorized_client" or "invalid_request" or "invalid_resource" or "invalid_scope" } =>
            PollFailure.ForPerson(
                PollFailureClass.SignIn,
                $"Sign-in failed ({service.ErrorCode}).",
                "Check Graph:TenantId, Graph:ClientId and the credential."),
        _ => null,
    };

    /// <summary>
    /// Access denied; no permission; the key set does not exist, as Windows says to who may not see it (README.md#the-key-that-signs).
    /// </summary>
    private static readonly HashSet<int> MayNotRead =
        [unchecked((int)0x80070005), unchecked((int)0x80090010), unchecked((int)0x80090016)];

    private static PollFailure FromException(Exception exception, string host)
    {
        if (TransportFailures.IsTransport(exception)) return TransportFailures.From(exception, host);
        if (ExceptionChain.Find<CryptographicException>(exception) is { } key)
            return MayNotRead.Contains(key.HResult)
                ? PollFailure.ForPerson(
                    PollFailureClass.Configuration, "The private key of the certificate cannot be used.", "Let this account read it.")
                : PollFailure.ForPerson(
                    PollFailureClass.Configuration,
                    "The private key of the certificate is there and cannot sign.",
                    "Check its provider and what it may be used for, or use a "
                        + "certificate with an RSA key of Microsoft's software provider.");
        return PollFailure.Passing(PollFailureClass.Malformed,
            $"{host} answered the sign-in with something that is no token.", "A proxy or a portal may be in the way.");
    }

    private static PollFailure Throttled(MsalServiceException service, string host, TimeProvider time) =>
        PollFailure.Passing(PollFailureClass.Throttled, $"The sign-in at {host} asks for fewer requests.",
            meanwhile: "The agent waits.") with
        {
            RetryAfter = RetryAfter.Read(service.Headers, time),
        };

    private static PollFailure Trouble(MsalServiceException service, string host, TimeProvider time) =>
        PollFailure.Passing(
            PollFailureClass.ServerError, $"The sign-in at {host} has trouble of its own.", meanwhile: "The agent tries again.") with
        {
            RetryAfter = RetryAfter.Read(service.Headers, time),
        };

    private static int? FindCode(MsalServiceException service) =>
        int.TryParse(AadStsCode.Match(service.Message).Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var code) ? code : null;

    [GeneratedRegex(@"AADSTS(\d{4,8})", RegexOptions.CultureInvariant)]
    private static partial Regex AadStsCode { get; }
}
