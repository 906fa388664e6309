using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>Bodies with status 200 that are not exactly a page: refused whole (MimHybrid.Graph/README.md#the-parser-of-the-sdk).</summary>
public sealed class MalformedBodiesTests
{
    private const string Link = "\"@odata.deltaLink\":\"https://graph.microsoft.com/v1.0/users/delta?$deltatoken=planted\"";

    public static TheoryData<Fault, string> Bodies => new()
    {
        { Fault.Html(200), "not JSON" },
        { Fault.Empty(200), "the answer is empty" },
        { Fault.Empty(204), "empty" },
        { new Fault.Answer(200, "planted", "text/plain"), "a proxy or a portal" },
        { Fault.Page("[]"), "not an object" },
        { Fault.Page("null"), "not an object" },
        { Fault.Page("\"planted\""), "not an object" },
        { Fault.Page("{}"), "no \"value\"" },
        { Fault.Page($$"""{{{Link}}}"""), "no \"value\"" },
        { Fault.Page($$"""{"Value":[],{{Link}}}"""), "no \"value\"" },
        { Fault.Page($$"""{"value":null,{{Link}}}"""), "not an array" },
        { Fault.Page($$"""{"value":"planted",{{Link}}}"""), "not an array" },
        { Fault.Page($$"""{"value":{},{{Link}}}"""), "not an array" },
        { Fault.Page($$"""{"value":[],"value":[],{{Link}}}"""), "a property twice" },
        { Fault.Page($$"""{"value":[null],{{Link}}}"""), "an entry is not an object" },
        { Fault.Page($$"""{"value":["planted"],{{Link}}}"""), "an entry is not an object" },
        { Fault.Page($$"""{"value":[{"ID":"planted"}],{{Link}}}"""), "no id" },
        { Fault.Page($$"""{"value":[{"id":" "}],{{Link}}}"""), "id is empty" },
        { Fault.Page($$"""{"value":[{"id":17}],{{Link}}}"""), "id is not a string" },
        { Fault.Page($$"""{"value":[{"id":"\ud800"}],{{Link}}}"""), "not Unicode" },
        { Fault.Page($$"""{"value":[{"id":"a","id":"b"}],{{Link}}}"""), "a property twice" },
        { Fault.Page($$"""{"value":[{"id":"a","userType":1}],{{Link}}}"""), "userType is neither" },
        { Fault.Page($$"""{"value":[{"id":"a","@removed":null}],{{Link}}}"""), "@removed is not an object" },
        { Fault.Page($$"""{"value":[{"id":"a","@removed":"changed"}],{{Link}}}"""), "@removed is not an object" },
        { Fault.Page("""{"value":[]}"""), "no link" },
        { Fault.Page("""{"value":[],"@odata.deltaLink":null}"""), "a link is not a string" },
        { Fault.Page("""{"value":[],"@odata.deltaLink":""}"""), "not an absolute web address" },
        { Fault.Page("""{"value":[],"@odata.deltaLink":"/v1.0/users/delta?$deltatoken=planted"}"""), "not an absolute web address" },
        { Fault.Page("""{"value":[],"@odata.deltaLink":"file:///planted"}"""), "not an absolute web address" },
        { Fault.Page($$"""{"value":[],"@odata.nextLink":"https://x/?$skiptoken=planted",{{Link}}}"""), "two links" },
        { Fault.Page($$"""{"value":[],{{Link}}} {}"""), "not JSON" },
        { Fault.Page($$"""{"value":[],{{Link}}"""), "not JSON" },
        { Fault.Page("""{"value":[{"id":"planted"""), "not JSON" },
        { Fault.Page($$"""{"value":[],/*planted*/{{Link}}}"""), "not JSON" },
        { Fault.Page($$"""{"value":[{"id":"a","x":{{new string('[', 80)}}{{new string(']', 80)}}}],{{Link}}}"""), "not JSON" },
    };

    [Theory]
    [MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public Task A_body_that_is_not_exactly_a_page_is_refused_whole(Fault fault, string says) =>
        BadAnswer.PlayAsync(fault, PollFailureClass.Malformed, needsPerson: false, says);

    /// <summary>Each takes the good link's parts apart: scheme, host, port, path and token must be ours.</summary>
    [Theory]
    [InlineData("https://evil.example/v1.0/users/delta?$deltatoken=planted", "another server")]
    [InlineData("http://localhost:{0}/v1.0/users/delta?$deltatoken=planted", "another server")]
    [InlineData("https://localhost:1/v1.0/users/delta?$deltatoken=planted", "another server")]
    [InlineData("https://localhost@evil.example:{0}/v1.0/users/delta?$deltatoken=planted", "another server")]
    [InlineData("https://localhost.evil.example:{0}/v1.0/users/delta?$deltatoken=planted", "another server")]
    [InlineData("https://localhost:{0}/beta/users/delta?$deltatoken=planted", "other than the users' delta")]
    [InlineData("https://localhost:{0}/v1.0/groups/delta?$deltatoken=planted", "other than the users' delta")]
    [InlineData("https://localhost:{0}/v1.0/users/delta/../../groups/delta?$deltatoken=planted", "other than the users' delta")]
    [InlineData("https://localhost:{0}/v1.0/users/delta", "no token")]
    [InlineData("https://localhost:{0}/v1.0/users/delta?$deltatoken=", "no token")]
    public async Task A_link_that_leads_elsewhere_is_not_followed_and_not_kept(string link, string says)
    {
        foreach (var name in new[] { "@odata.deltaLink", "@odata.nextLink" })
        {
            await using var watched = await WatchedTenant.StartWithBaselineAsync();
            var target = string.Format(null, link, watched.Tenant.GraphBaseUrl.Port);
            var failure = await BadAnswer.PlayAsync(watched, Fault.Page($$"""{"value":[],"{{name}}":"{{target}}"}"""));
            Assert.Equal(PollFailureClass.Malformed, failure.Class);
            Assert.Contains(says, failure.Sentence, StringComparison.Ordinal);
        }
    }
}
