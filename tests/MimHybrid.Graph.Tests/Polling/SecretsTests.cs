using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

public sealed class SecretsTests
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

        var text = string.Join('\n', [.. said.Select(result => result.ToString()!), .. watched.Logs.Lines.Select(line => line.Whole)]);
        Assert.Contains(said, result => result is PollResult.Failed);
        Assert.DoesNotContain(Planted, text, StringComparison.OrdinalIgnoreCase);
        watched.AssertNothingTold([text]);
    }

    /// <summary>A link is a secret of sorts and has to be kept, but in these columns only, which nothing displays.</summary>
    private static readonly string[] LinkColumns = ["watch.link", "baseline.next_link", "baseline.cursor_link"];

    [Fact]
    public async Task The_store_holds_no_secret_and_a_link_only_where_nobody_is_shown_it()
    {
        await using var watched = await WatchedTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Size = 1 } });
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.People.Invite("Omar Haddad", "omar@fabrikam.example");
        watched.FailSignIn(new Fault.Answer(400, $$"""{"error":"invalid_client","error_description":"AADSTS7000215: {{Planted}}"}"""));
        watched.Store.Guests.RecordPollFailure((await watched.PollInVainAsync()).ToString(), watched.Clock.GetUtcNow());
        watched.FailLaterPage(Fault.Error(500, "InternalServerError", Planted));
        await watched.PollInVainAsync();
        AssertNothingTold(watched);

        await watched.PollAsync();
        AssertNothingTold(watched);
    }

    private static void AssertNothingTold(WatchedTenant watched)
    {
        var shown = string.Join('\n', StoreDump.Read(watched.Store.Path).Where(value => !LinkColumns.Contains(value.Column)).Select(value => value.Text));
        Assert.NotEmpty(shown);
        Assert.DoesNotContain(Planted, shown, StringComparison.OrdinalIgnoreCase);
        watched.AssertNothingTold([shown.Replace(watched.Settings.Fingerprint, "", StringComparison.Ordinal)]);
    }
}
