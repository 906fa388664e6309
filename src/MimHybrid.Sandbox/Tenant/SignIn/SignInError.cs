using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>A refusal in the words of Entra's token endpoint.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">OAuth's word.</param>
/// <param name="Code">The number after AADSTS.</param>
/// <param name="Message">The sentence after it.</param>
internal sealed record SignInError(int Status, string Error, int Code, string Message)
{
    public static readonly SignInError MalformedAssertion = new(401, "invalid_client", 50027, "JWT token is invalid or malformed.");

    public static readonly SignInError AssertionAudience =
        new(401, "invalid_client", 700023, "Client assertion audience claim does not match Realm issuer.");

    public static readonly SignInError AssertionTime =
        new(401, "invalid_client", 700024, "Client assertion is not within its valid time range.");

    public static readonly SignInError NoCredential = new(
        401,
        "invalid_client",
        7000216,
        "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.");

    public static SignInError UnknownTenant(string tenant) => new(
        400,
        "invalid_request",
        90002,
        $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.");

    public static SignInError UnknownApp(string clientId) => new(
        400,
        "unauthorized_client",
        700016,
        $"Application with identifier '{clientId}' was not found in the directory '{TenantNames.Organization}'.");

    public static SignInError WrongSecret(string clientId) => new(
        401,
        "invalid_client",
        7000215,
        "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, "
        + $"for a secret added to app '{clientId}'.");

    public static SignInError ExpiredSecret(string clientId) =>
        new(401, "invalid_client", 7000222, $"The provided client secret keys for app '{clientId}' are expired.");

    public static SignInError UnknownCertificate(string clientId) => new(
        401,
        "invalid_client",
        700027,
        $"The certificate with identifier used to sign the client assertion is not registered on application '{clientId}'.");

    public static SignInError UnknownResource(string resource) => new(
        400,
        "invalid_resource",
        500011,
        $"The resource principal named {resource} was not found in the tenant named {TenantNames.Organization}.");

    public static SignInError InvalidScope(string scope) => new(
        400,
        "invalid_scope",
        70011,
        $"The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.");

    public static SignInError UnsupportedGrant(string grant) =>
        new(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'.");

    public Task WriteAsync(HttpContext context) => GraphJson.WriteAsync(context, Status, json =>
    {
        var (trace, correlation) = (Correlation.RequestIdOf(context), Correlation.ClientRequestIdOf(context));
        var at = Correlation.DateOf(context).Replace('T', ' ') + "Z";
        var code = Code.ToString(CultureInfo.InvariantCulture);
        json.WriteStartObject();
        json.WriteString("error", Error);
        json.WriteString(
            "error_description",
            $"AADSTS{code}: {Message} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {at}");
        json.WriteStartArray("error_codes");
        json.WriteNumberValue(Code);
        json.WriteEndArray();
        json.WriteString("timestamp", at);
        json.WriteString("trace_id", trace);
        json.WriteString("correlation_id", correlation);
        json.WriteString("error_uri", $"https://{context.Request.Host}/error?code={code}");
        json.WriteEndObject();
    });
}
