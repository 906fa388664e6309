using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>
/// The token service of the Azure Arc agent on loopback: it challenges with the name of a file that only privileged accounts can read,
/// and hands a token to whoever knows what is in it. The place of these files is fixed (MSAL accepts no other).
/// </summary>
internal sealed class ArcAgent : IAsyncDisposable
{
    private const string Tokens = "/var/opt/azcmagent/tokens";

    private readonly string keyFile = Path.Combine(Tokens, $"mimhybrid-test-{Guid.NewGuid():N}.key");
    private readonly string key = Guid.NewGuid().ToString();
    private readonly HttpListener listener = new();
    private readonly Func<Task<string>> tokens;
    private readonly Task serving;

    /// <param name="tokens">Where the tokens come from.</param>
    public ArcAgent(Func<Task<string>> tokens)
    {
        this.tokens = tokens;
        var address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        Directory.CreateDirectory(Tokens);
        File.WriteAllText(keyFile, key);
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", address + "metadata/identity/oauth2/token");
        Environment.SetEnvironmentVariable("IMDS_ENDPOINT", address);
        serving = ServeAsync();
    }

    /// <summary>Only a privileged account may write where the challenges are.</summary>
    public static bool CanRun => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public int Asked { get; private set; }

    public int Challenges { get; private set; }

    public int Given { get; private set; }

    public string? Resource { get; private set; }

    /// <summary>The status of every answer, when it is not in order.</summary>
    public int? Broken { get; set; }

    /// <summary>The challenge names a file that is not there, or that the account may not see.</summary>
    public bool LosesKey { get; set; }

    public async ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", null);
        Environment.SetEnvironmentVariable("IMDS_ENDPOINT", null);
        listener.Close();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        File.Delete(keyFile);
    }

    private async Task ServeAsync()
    {
        while (listener.IsListening) await AnswerAsync(await listener.GetContextAsync());
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        Asked++;
        Resource = context.Request.QueryString["resource"];
        var (status, body) = (Broken ?? 401, "{}");
        if (Broken is null && context.Request.Headers["Authorization"] == $"Basic {key}")
        {
            Given++;
            var expires = TimeProvider.System.GetUtcNow().AddHours(24).ToUnixTimeSeconds();
            (status, body) = (200, $$"""{"access_token":"{{await tokens()}}","expires_on":"{{expires}}","resource":"{{Resource}}","token_type":"Bearer"}""");
        }
        else if (Broken is null)
        {
            Challenges++;
            context.Response.AddHeader("WWW-Authenticate", $"Basic realm={(LosesKey ? Path.Combine(Tokens, "lost.key") : keyFile)}");
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
