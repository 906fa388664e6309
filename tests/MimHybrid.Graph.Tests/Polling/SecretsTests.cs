using System.Text.RegularExpressions;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

public sealed partial class SecretsTests
{
    private const string Planted = "planted-secret-7f3a";

    public static TheoryData<Fault> TalkativeFaults =>
    [
        Fault.Error(400, "Request_UnsupportedQuery", Planted),
        Fault.Error(400, Planted + " " + Planted, Planted),
        Fault.Error(429, "TooManyRequests", Planted),
        new Fault.Answer(500, Planted, "text/" + Planted),
        new Fault.Answer(200, Planted, Planted + "/x"),
        Fault.Page("{\"" + Planted),
        Fault.Page("\"" + Planted + "\""),
        Fault.Page($$"""{"value":[{"id":"","x":"{{Planted}}"}],"@odata.deltaLink":"https://{{Planted}}"}"""),
        Fault.Page($$"""{"value":[],"@odata.deltaLink":"https://{{Planted}}.example/v1.0/users/delta?$deltatoken={{Planted}}"}"""),
        new Fault.Answer(307, "", "") { Headers = new Dictionary<string, string> { ["Location"] = $"https://{Planted}.example/" } },
        new Fault.Answer(401, "{}") { Headers = new Dictionary<string, string> { ["WWW-Authenticate"] = $"Bearer claims=\"{Planted}\"" } },
        new Fault.CutBody(),
        new Fault.Reset(),
    ];

    /// <summary>The same faults for the first page, a round and the sign-in; then everything that was said is searched.</summary>
    [Theory]
    [MemberData(nameof(TalkativeFaults), DisableDiscoveryEnumeration = true)]
    public async Task Neither_sentences_nor_logs_tell_a_secret_a_token_or_a_link(Fault fault)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        List<PollResult> said = [];

        watched.FailDelta(fault);
        said.Add(await watched.PollAsync());
        said.Add(await watched.PollAsync());
        watched.FailDelta(fault);
        said.Add(await watched.PollAsync());
        watched.Restart();
        watched.FailSignIn(fault);
        said.Add(await watched.PollAsync());

        var text = string.Join('\n', [.. said.Select(result => result.ToString()!), .. watched.Logs.Lines.Select(line => line.Text)]);
        Assert.Contains(said, result => result is PollResult.Failed);
        Assert.DoesNotContain(Planted, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(watched.Tenant.ClientSecret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(LinkOrToken, text);
    }

    [GeneratedRegex(@"https?://(?!login\.microsoftonline\.com/error)|(delta|skip)token|eyJ", RegexOptions.IgnoreCase)]
    private static partial Regex LinkOrToken { get; }
}
