using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace MimHybrid.Graph.Failures;

/// <summary>Why Entra gave no token, by AADSTS code (reference/graph-delta.md 5). Unknown codes have an answer too: Microsoft warns against relying on the list.</summary>
internal static partial class SignInFailures
{
    private sealed record Known(bool NeedsPerson, string Meaning);

    private static readonly FrozenDictionary<int, Known> Codes = new Dictionary<int, Known>
    {
        [7000222] = new(true, "the client secret has expired. Make a new one in the app registration (Certificates & secrets) and set Graph:ClientSecret."),
        [7000215] = new(true, "the client secret is wrong. Set Graph:ClientSecret to the secret's value, not to its id."),
        [700027] = new(true, "the certificate is not one of the app registration's, or it has expired. Upload its public part there, and check Graph:CertificateThumbprint."),
        [700016] = new(true, "the application is not in this tenant. Check Graph:ClientId, Graph:TenantId and Graph:Cloud."),
        [7000112] = new(true, "the application is disabled in this tenant. Enable it under Enterprise applications."),
        [90002] = new(true, "the tenant does not exist in this cloud. Check Graph:TenantId and Graph:Cloud."),
        [900023] = new(true, "the tenant's name is neither a domain nor an id. Check Graph:TenantId."),
        [500011] = new(true, "this cloud's Graph is unknown to the tenant. Check Graph:Cloud."),
        [53003] = new(true, "Conditional Access blocks the application. Exempt it, or allow this server's location, in the policy for workload identities."),
        [700024] = new(true, "the sign-in is outside its time of validity. Check this server's clock and its time service."),
        [90033] = new(false, "Entra has a passing fault. The agent tries again."),
        [90055] = new(false, "Entra has too many requests for this tenant. The agent tries again."),
    }.ToFrozenDictionary();

    /// <param name="exception">What the credential threw. Of its text only the AADSTS code is used.</param>
    /// <param name="host">The authority's host.</param>
    /// <param name="time">For a Retry-After that is a date.</param>
    public static PollFailure From(Exception exception, string host, TimeProvider time) => ExceptionChain.Find<MsalServiceException>(exception) switch
    {
        MsalThrottledServiceException throttled => Throttled(throttled.OriginalServiceException, host, time),
        { StatusCode: 429 } service => Throttled(service, host, time),
        { StatusCode: >= 500 } service => new PollFailure(PollFailureClass.ServerError, false,
            string.Create(CultureInfo.InvariantCulture, $"The sign-in server {host} has trouble of its own ({service.StatusCode}). The agent tries again."))
        {
            RetryAfter = RetryAfter.Read(service.Headers, time),
        },
        { } service when FindCode(service) is { } code => ByCode(code),
        { StatusCode: 400 or 401 } service when IsOAuthWord(service.ErrorCode) => new PollFailure(PollFailureClass.SignIn, true,
            $"Sign-in failed ({service.ErrorCode}). Check Graph:TenantId, Graph:ClientId and the credential."),
        _ when IsNetwork(exception) => TransportFailures.From(exception, host),
        _ => new PollFailure(PollFailureClass.Malformed, false, $"{host} answered the sign-in with something that is no token. A proxy or a portal may be in the way."),
    };

    private static PollFailure Throttled(MsalServiceException service, string host, TimeProvider time) =>
        new(PollFailureClass.Throttled, false, $"The sign-in server {host} asks for fewer requests.") { RetryAfter = RetryAfter.Read(service.Headers, time) };

    private static PollFailure ByCode(int code)
    {
        var known = Codes.GetValueOrDefault(code)
            ?? new Known(true, "look the code up at https://login.microsoftonline.com/error, and check Graph:TenantId, Graph:ClientId and the credential.");
        return new PollFailure(PollFailureClass.SignIn, known.NeedsPerson, string.Create(CultureInfo.InvariantCulture, $"Sign-in failed with AADSTS{code}: {known.Meaning}"));
    }

    private static int? FindCode(MsalServiceException service) =>
        AadStsCode.Match(service.Message) is { Success: true } match && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var code) ? code : null;

    private static bool IsOAuthWord(string? word) => word is "invalid_client" or "invalid_request" or "invalid_grant" or "invalid_scope" or "invalid_resource" or "unauthorized_client";

    private static bool IsNetwork(Exception exception) => ExceptionChain.Of(exception).Any(inner => inner is HttpRequestException or IOException or OperationCanceledException);

    [GeneratedRegex(@"AADSTS(\d{4,8})", RegexOptions.CultureInvariant)]
    private static partial Regex AadStsCode { get; }
}
