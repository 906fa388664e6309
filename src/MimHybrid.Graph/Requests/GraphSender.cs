using Azure.Core;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Authentication.Azure;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;
using MimHybrid.Graph.Failures;
using MimHybrid.Graph.SignIn;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Requests;

/// <summary>
/// The SDK's part of a request: sign-in, CAE challenges, pipeline, headers. Its retries and redirects are off
/// (README.md#waiting-and-retries), and the answer is handed on as it came: the SDK loses the status of an answer in HTML
/// (README.md#the-errors-of-the-sdk). It is the SDK's adapter and not its client, which is made of Microsoft.Graph.dll: 40 MB of models,
/// 10 MB of which stay in memory for one class.
/// </summary>
internal sealed class GraphSender : IDisposable
{
    /// <summary>A token goes back as it came: Uri would otherwise normalise what it takes for superfluous escapes.</summary>
    private static readonly UriCreationOptions ByteForByte = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly GraphSettings settings;
    private readonly GraphEndpoints endpoints;
    private readonly TimeProvider time;
    private readonly HttpClient graphHttp;
    private readonly HttpClient signInHttp;
    private readonly CredentialSource credentials;
    private TokenCredential? inUse;
    private BaseGraphRequestAdapter? adapter;
    private int refusedTokens;

    public GraphSender(GraphSettings settings, GraphEndpoints endpoints, TimeProvider time, Func<HttpMessageHandler>? createHandler)
    {
        (this.settings, this.endpoints, this.time) = (settings, endpoints, time);
        graphHttp = GraphClientFactory.Create(finalHandler: Transport.CreateHandler(settings, createHandler));
        signInHttp = new HttpClient(Transport.CreateSignInHandler(settings, createHandler));
        graphHttp.Timeout = signInHttp.Timeout = Timeout.InfiniteTimeSpan; // the caller's deadline counts the token and the body too
        credentials = new CredentialSource(settings, new CredentialFactory(settings, endpoints, signInHttp), time);
    }

    /// <summary>What is signed in with, and when it expires as far as that is known.</summary>
    public CredentialNote Credential => credentials.Note;

    /// <summary>Who gives the tokens, for people.</summary>
    public string SignInHost => settings.ManagedIdentity ? "Azure Arc on this server" : endpoints.Authority.Authority;

    public void Dispose()
    {
        adapter?.Dispose();
        graphHttp.Dispose();
        signInHttp.Dispose();
    }

    /// <summary>
    /// A client for the credential in force. Scope and host are stated, because the SDK would silently send no token at all to a host it
    /// does not know (README.md#hosts-that-get-a-token).
    /// </summary>
    /// <returns>Why there is no credential, or null.</returns>
    public PollFailure? PrepareSignIn()
    {
        var (credential, failure) = credentials.Get();
        if (credential is null) return failure;
        if (ReferenceEquals(credential, inUse)) return null;

        var authentication = new AzureIdentityAuthenticationProvider(
            credential, [endpoints.GraphHost], observabilityOptions: null, isCaeEnabled: true, endpoints.Scope);
        adapter?.Dispose();
        adapter = new BaseGraphRequestAdapter(authentication, httpClient: graphHttp);
        inUse = credential;
        return null;
    }

    /// <summary>A token for the credential in force, from its cache where that has one; or why there is none.</summary>
    public async Task<(AccessToken Token, PollFailure? Failure)> SignInAsync(CancellationToken cancellationToken)
    {
        var (credential, failure) = credentials.Get();
        if (credential is null) return (default, failure);
        return (await credential.GetTokenAsync(new TokenRequestContext([endpoints.Scope], isCaeEnabled: true), cancellationToken), null);
    }

    /// <summary>
    /// Notes the status of an answer. After a plain 401 or a 403 the credential would send the cached token again until it nears its end
    /// (README.md#refused-tokens), and a consent or a right given meanwhile is only in a token made after it.
    /// </summary>
    /// <returns>Whether a 401 came again although the agent had signed in afresh.</returns>
    public bool NoteStatus(int status)
    {
        refusedTokens = status == 401 ? refusedTokens + 1 : 0;
        if (status is 401 or 403) credentials.Forget();
        return refusedTokens > 1;
    }

    /// <summary>What a request failed by that got no answer.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="host">Who was asked, for people.</param>
    /// <param name="deadline">The request's.</param>
    public PollFailure Explain(Exception fault, string host, RequestDeadline deadline) => fault is AuthenticationFailedException
        ? SignInFailures.From(fault, SignInHost, time, settings.CredentialKind)
        : TransportFailures.From(fault, host, deadline.Exhausted);

    /// <summary>Sends the request; the answer's body is still on the wire. <see cref="PrepareSignIn"/> comes first.</summary>
    public Task<HttpResponseMessage> SendAsync(string url, CancellationToken cancellationToken)
    {
        var request = new RequestInformation { HttpMethod = Method.GET, URI = new Uri(url, ByteForByte) };
        AddForm(request, url);
        request.Headers.Add("x-ms-throttle-priority", "Low"); // a background agent yields (README.md#throttling)
        return SendAsync(request, cancellationToken);
    }

    /// <summary>Posts a text; as <see cref="SendAsync(string, CancellationToken)"/> in all else.</summary>
    public Task<HttpResponseMessage> PostTextAsync(string url, Stream text, CancellationToken cancellationToken)
    {
        var request = new RequestInformation { HttpMethod = Method.POST, URI = new Uri(url, ByteForByte) };
        request.Headers.Add("Accept", "application/json");
        request.SetStreamContent(text, "text/plain");
        return SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(RequestInformation request, CancellationToken cancellationToken)
    {
        request.AddRequestOptions(
        [
            new RetryHandlerOption { MaxRetry = 0 },
            new RedirectHandlerOption { MaxRedirect = 0 },
            new ParametersNameDecodingOption { Enabled = false },
            new UserAgentHandlerOption { ProductName = Product.Name, ProductVersion = Product.Version },
        ]);

        var answer = new NativeResponseHandler();
        request.SetResponseHandler(answer);
        await adapter!.SendPrimitiveAsync<Stream>(request, cancellationToken: cancellationToken);
        return (HttpResponseMessage)answer.Value!;
    }

    /// <summary>A count is an advanced query: plain text, and only with this consistency (README.md#counting-users).</summary>
    private static void AddForm(RequestInformation request, string url)
    {
        var counts = url.Contains("/$count", StringComparison.Ordinal);
        request.Headers.Add("Accept", counts ? "text/plain" : "application/json");
        if (counts) request.Headers.Add("ConsistencyLevel", "eventual");
    }
}
