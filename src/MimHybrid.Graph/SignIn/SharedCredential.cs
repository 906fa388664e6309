using Azure.Core;

namespace MimHybrid.Graph.SignIn;

/// <summary>
/// The agent's own sign-in, for another service of the tenant: the same application, the same certificate, renewed in the same way.
/// It has a token cache of its own, because the connection to Graph is for one request at a time and this is asked from any thread.
/// </summary>
public sealed class SharedCredential : TokenCredential, IDisposable
{
    private readonly Lock gate = new();
    private readonly HttpClient http;
    private readonly CredentialSource source;

    /// <param name="settings">Valid settings of a real tenant.</param>
    /// <param name="createHandler">Makes the handler under the sign-in, for a certificate that the system does not trust.</param>
    public SharedCredential(GraphSettings settings, TimeProvider time, Func<HttpMessageHandler>? createHandler = null)
    {
        http = new HttpClient(Transport.CreateSignInHandler(settings, createHandler));
        source = new CredentialSource(settings, new CredentialFactory(settings, GraphEndpoints.From(settings), http), time);
    }

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Current().GetToken(requestContext, cancellationToken);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Current().GetTokenAsync(requestContext, cancellationToken);

    public void Dispose() => http.Dispose();

    private TokenCredential Current()
    {
        lock (gate)
        {
            var (credential, failure) = source.Get();
            return credential ?? throw new InvalidOperationException(failure!.Sentence);
        }
    }
}
