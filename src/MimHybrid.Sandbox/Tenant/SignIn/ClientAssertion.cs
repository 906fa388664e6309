using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>
/// Checks the signed statement with which an application proves its certificate (MimHybrid.Graph/README.md#sign-in-codes).
/// </summary>
internal sealed class ClientAssertion(TimeProvider time)
{
    // Entra allows clocks to differ a little.
    private static readonly TimeSpan skew = TimeSpan.FromMinutes(5);

    /// <summary>Null if the assertion holds.</summary>
    /// <param name="app">The application that it claims to be of.</param>
    /// <param name="assertion">The text of the form field.</param>
    /// <param name="tokenUrl">The endpoint it was sent to, which it must name as its audience.</param>
    public SignInError? Refuse(TenantApp app, string assertion, string tokenUrl)
    {
        if (!JsonWebToken.TryParse(assertion, out var token) || token.Claim("iss") != app.ClientId || token.Claim("sub") != app.ClientId)
            return SignInError.MalformedAssertion;

        if (!string.Equals(token.Claim("aud"), tokenUrl, StringComparison.OrdinalIgnoreCase))
            return SignInError.AssertionAudience;

        if (app.Certificate is null || !NamesCertificate(token, app.Certificate) || !IsSigned(token, app.Certificate))
            return SignInError.UnknownCertificate(app.ClientId);

        var now = time.GetUtcNow();
        var inTime = token.Time("nbf") <= now + skew && token.Time("exp") >= now - skew;
        return inTime ? null : SignInError.AssertionTime;
    }

    private static bool NamesCertificate(JsonWebToken token, X509Certificate2 certificate) =>
        token.HeaderText("x5t#S256") == Base64Url.EncodeToString(certificate.GetCertHash(HashAlgorithmName.SHA256))
        || token.HeaderText("x5t") == Base64Url.EncodeToString(certificate.GetCertHash());

    private static bool IsSigned(JsonWebToken token, X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is not null && token.HeaderText("alg") switch
        {
            "PS256" => key.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "RS256" => key.VerifyData(token.Signed, token.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => false,
        };
    }
}
