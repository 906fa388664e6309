using System.Text.Json;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>
/// The managed identity of a server that Azure Arc knows. One test, because MSAL reads the agent's address from the process and keeps
/// these tokens for the whole process.
/// </summary>
public sealed class ManagedIdentityTests
{
    [Fact]
    public async Task The_Arc_agent_is_asked_with_its_challenge_and_never_through_the_proxy()
    {
        Assert.SkipUnless(ArcAgent.CanRun, "the challenge file's place is writable for root on Linux only");
        await using var proxy = new ForwardingProxy();
        await using var watched = await WatchedTenant.StartAsync();
        await using var arc = new ArcAgent(() => TakeTokenAsync(watched));
        watched.Restart(settings => (settings.ClientSecret, settings.ClientId, settings.ManagedIdentity, settings.Proxy) = (null, "", true, proxy.Address));

        arc.Broken = 500;
        var failure = await watched.PollInVainAsync();
        Assert.Equal(1, arc.Asked); // to ask again, and when, is the polls' affair
        Assert.Contains("Azure Arc", failure.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("login.microsoftonline.com", failure.Sentence, StringComparison.Ordinal);

        foreach (var refuse in new Action[] { () => arc.Broken = 403, () => (arc.Broken, arc.LosesKey) = (null, true) })
        {
            refuse();
            failure = await watched.PollInVainAsync();
            Assert.True(failure.NeedsPerson);
            Assert.Contains("Hybrid agent extension applications", failure.Sentence, StringComparison.Ordinal);
        }

        arc.LosesKey = false;
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal((2, 1, "https://graph.microsoft.com"), (arc.Challenges, arc.Given, arc.Resource));
        Assert.All(proxy.Tunnels, target => Assert.StartsWith("localhost:", target, StringComparison.Ordinal));
        Assert.Equal(new CredentialNote("ManagedIdentity", null, null), watched.Store.Reader.ReadCredential());
    }

    /// <summary>As Entra would give it to the Arc agent.</summary>
    private static async Task<string> TakeTokenAsync(WatchedTenant watched)
    {
        using var client = new HttpClient(watched.Tenant.CreateTrustingHandler());
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_id"] = watched.Tenant.ClientId,
            ["client_secret"] = watched.Tenant.ClientSecret,
            ["scope"] = "https://graph.microsoft.com/.default",
            ["grant_type"] = "client_credentials",
        });
        using var answer = await client.PostAsync(new Uri(watched.Tenant.AuthorityHost, $"{watched.Tenant.TenantId}/oauth2/v2.0/token"), form);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("access_token").GetString()!;
    }
}
