using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Azure.Identity;
using Microsoft.Identity.Client;

namespace MimHybrid.Graph.Failures;

/// <summary>Why Entra gave no token (README.md#sign-in-codes). Of the exception's text only the AADSTS code is used.</summary>
internal static partial class SignInFailures
{
    /// <param name="exception">What the credential threw.</param>
    /// <param name="host">The authority's host.</param>
    /// <param name="time">For a Retry-After that is a date.</param>
    public static PollFailure From(Exception exception, string host, TimeProvider time) =>
        ExceptionChain.Find<MsalServiceException>(exception) is { } service && FromAnswer(service, host, time) is { } answered
            ? answered
            : FromException(exception, host);

    /// <summary>What the token endpoint said; null when it said nothing of use.</summary>
    private static PollFailure? FromAnswer(MsalServiceException service, string host, TimeProvider time) => service switch
    {
        // MSAL refuses by itself, without a request, while a wait that Entra asked for lasts: the answer that asked for it still holds.
        MsalThrottledServiceException throttled => FromAnswer(throttled.OriginalServiceException, host, time),
        { StatusCode: 429 } => Throttled(service, host, time),
        { StatusCode: 407 } => PollFailure.Passing(
            PollFailureClass.Unreachable, "The proxy asks for a sign-in (407). Check that it lets this server's account through."),
        { StatusCode: 408 } => PollFailure.Passing(
            PollFailureClass.Unreachable, $"{host} gave up waiting for the sign-in (408). The agent tries again."),
        { StatusCode: >= 500 } => Trouble(service, host, time),
        _ when FindCode(service) is { } code => SignInCodes.Explain(code),
        { ErrorCode: "invalid_client" or "unauthorized_client" or "invalid_request" or "invalid_resource" or "invalid_scope" } =>
            PollFailure.ForPerson(
                PollFailureClass.SignIn, $"Sign-in failed ({service.ErrorCode}). Check Graph:TenantId, Graph:ClientId and the credential."),
        _ => null,
    };

    private static PollFailure FromException(Exception exception, string host)
    {
        if (ExceptionChain.Find<CredentialUnavailableException>(exception) is not null)
            return PollFailure.ForPerson(PollFailureClass.Configuration, "This server has no managed identity that answers. Check the Azure Arc agent: "
                + "its service himds must run, the server must be connected, and this account must be in the group Hybrid agent extension applications.");
        if (ExceptionChain.Of(exception).Any(inner => inner is HttpRequestException or IOException or OperationCanceledException))
            return TransportFailures.From(exception, host);
        if (ExceptionChain.Find<CryptographicException>(exception) is not null)
            return PollFailure.ForPerson(PollFailureClass.Configuration,
                "The private key of the certificate cannot be used. Let this account read it.");
        return PollFailure.Passing(PollFailureClass.Malformed,
            $"{host} answered the sign-in with something that is no token. A proxy or a portal may be in the way.");
    }

    private static PollFailure Throttled(MsalServiceException service, string host, TimeProvider time) =>
        PollFailure.Passing(PollFailureClass.Throttled, $"The sign-in at {host} asks for fewer requests. The agent waits.") with
        {
            RetryAfter = RetryAfter.Read(service.Headers, time),
        };

    private static PollFailure Trouble(MsalServiceException service, string host, TimeProvider time) =>
        PollFailure.Passing(PollFailureClass.ServerError, $"The sign-in at {host} has trouble of its own. The agent tries again.") with
        {
            RetryAfter = RetryAfter.Read(service.Headers, time),
        };

    private static int? FindCode(MsalServiceException service) =>
        int.TryParse(AadStsCode.Match(service.Message).Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var code) ? code : null;

    [GeneratedRegex(@"AADSTS(\d{4,8})", RegexOptions.CultureInvariant)]
    private static partial Regex AadStsCode { get; }
}
