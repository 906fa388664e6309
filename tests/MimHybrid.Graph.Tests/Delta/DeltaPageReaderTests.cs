using System.Globalization;
using System.Text;
using MimHybrid.Graph.Delta;

namespace MimHybrid.Graph.Tests.Delta;

public sealed class DeltaPageReaderTests : IDisposable
{
    private const string Next = "\"@odata.nextLink\":\"https://graph.example/v1.0/users/delta?$skiptoken=t1\"";
    private const string Delta = "\"@odata.deltaLink\":\"https://graph.example/v1.0/users/delta?$deltatoken=t2\"";

    private readonly DeltaPageReader reader = new(["id", "userType", "displayName", "mail"]);

    public void Dispose() => reader.Dispose();

    private static string Page(params string[] entries) => $$"""{"@odata.context":"x","value":[{{string.Join(',', entries)}}],{{Delta}}}""";

    private DeltaPage Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    private DeltaPage Read(byte[] json)
    {
        Assert.True(reader.TryRead(json, out var page, out var defect), defect);
        return page;
    }

    private string Defect(string json)
    {
        Assert.False(reader.TryRead(Encoding.UTF8.GetBytes(json), out _, out var defect), "the page was accepted");
        return defect!;
    }

    private DeltaEntry ReadEntry(string entry) => Assert.Single(Read(Page(entry)).Entries);

    [Fact]
    public void A_last_page_has_its_entries_and_the_delta_link()
    {
        var page = Read(Page(
            """{"id":"g1","userType":"Guest","displayName":"Lena","mail":"lena@fabrikam.example"}""",
            """{"id":"m1","userType":"Member"}"""));
        Assert.True(page.IsLast);
        Assert.Equal("https://graph.example/v1.0/users/delta?$deltatoken=t2", page.Link);
        Assert.Equal([("g1", EntryKind.Guest, "Lena", "lena@fabrikam.example"), ("m1", EntryKind.NotGuest, null, null)],
            page.Entries.Select(entry => (entry.Id, entry.Kind, entry.Name, entry.Mail)));
    }

    [Theory]
    [InlineData("\"2026-11-29T08:15:00Z\"", "2026-11-29T08:15:00Z")]
    [InlineData("null", null)]
    [InlineData("17", null)]
    [InlineData("\"soon\"", null)]
    public void When_a_guest_was_invited_is_read_where_it_was_asked_for(string value, string? expected)
    {
        using var asking = new DeltaPageReader(["id", "userType", "createdDateTime"]);
        Assert.True(asking.TryRead(Encoding.UTF8.GetBytes(Page($$"""{"id":"u","userType":"Guest","createdDateTime":{{value}}}""")), out var page, out _));

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), Assert.Single(page.Entries).Details?.CreatedAt);
        Assert.Null(ReadEntry($$"""{"id":"u","userType":"Guest","createdDateTime":{{value}}}""").Details?.CreatedAt);
    }

    [Fact]
    public void An_empty_page_with_a_next_link_is_a_page()
    {
        var page = Read($$"""{"value":[],{{Next}}}""");
        Assert.False(page.IsLast);
        Assert.Empty(page.Entries);
    }

    [Theory]
    [InlineData("""{"id":"u","userType":"guest"}""", EntryKind.Guest)]
    [InlineData("""{"id":"u","userType":"Gu\u0065st"}""", EntryKind.Guest)]
    [InlineData("""{"userType":"Guest","id":"u"}""", EntryKind.Guest)]
    [InlineData("""{"id":"u","userType":"Member"}""", EntryKind.NotGuest)]
    [InlineData("""{"id":"u","userType":""}""", EntryKind.NotGuest)]
    [InlineData("""{"id":"u","userType":null}""", EntryKind.NotGuest)]
    [InlineData("""{"id":"u"}""", EntryKind.TypeAbsent)]
    [InlineData("""{"id":"u","userPrincipalName":"lena_fabrikam.example#EXT#@contoso.example"}""", EntryKind.TypeAbsent)]
    [InlineData("""{"id":"u","@removed":{"reason":"changed"}}""", EntryKind.Removed)]
    [InlineData("""{"id":"u","@removed":{}}""", EntryKind.Removed)]
    [InlineData("""{"id":"u","@removed":{"reason":"moved"}}""", EntryKind.Removed)]
    [InlineData("""{"id":"u","@removed":{"reason":{"of":"state"}}}""", EntryKind.Removed)]
    [InlineData("""{"id":"u","@removed":{"more":[1],"reason":"deleted"}}""", EntryKind.Purged)]
    [InlineData("""{"id":"u","userType":"Guest","@removed":{"reason":"deleted"}}""", EntryKind.Purged)]
    [InlineData("""{"\u0069d":"u","\u0075serType":"Guest"}""", EntryKind.Guest)]
    [InlineData("""{"id":"u","userType":"Guest","manager@delta":[{"@removed":{"reason":"deleted"},"id":"x"}],"deep":{"a":[[{}]]}}""", EntryKind.Guest)]
    public void An_entry_says_what_the_user_is(string entry, EntryKind kind)
    {
        var read = ReadEntry(entry);
        Assert.Equal(("u", kind), (read.Id, read.Kind));
    }

    [Fact]
    public void Names_of_any_script_are_read_as_they_are()
    {
        Assert.Equal("Zoë 李 😀", ReadEntry("""{"id":"u","userType":"Guest","displayName":"Zoë 李 😀"}""").Name);
        Assert.Equal("Zoë 李 😀", ReadEntry("""{"id":"u","userType":"Guest","displayName":"Zo\u00eb \u674e \ud83d\ude00"}""").Name);
    }

    [Fact]
    public void A_name_that_is_no_text_stops_nothing() =>
        Assert.NotNull(ReadEntry("""{"id":"u","userType":"Guest","displayName":"half \ud83d"}""").Name);

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Empty(Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Page())]).Entries);

    [Fact]
    public void A_member_costs_little_more_than_the_string_of_its_id()
    {
        const int members = 5000;
        var entries = Enumerable.Range(0, members).Select(number => $$"""{"id":"{{number:d36}}","userType":"Member","displayName":"{{new string('x', 200)}}"}""");
        var json = Encoding.UTF8.GetBytes(Page([.. entries]));
        Read(json);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(members, Read(json).Entries.Count);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / members, 0, 300);
    }

    [Theory]
    [InlineData("", "the answer is empty")]
    [InlineData("[]", "the answer is not an object")]
    [InlineData("null", "the answer is not an object")]
    [InlineData("<html><body>Sign in</body></html>", "the answer is not JSON (line 1, byte 0)")]
    [InlineData("{" + Delta + "}", "the page has no \"value\"")]
    [InlineData("""{"Value":[],""" + Delta + "}", "the page has no \"value\"")]
    [InlineData("""{"value":null,""" + Delta + "}", "\"value\" is not an array")]
    [InlineData("""{"value":"all",""" + Delta + "}", "\"value\" is not an array")]
    [InlineData("""{"value":{},""" + Delta + "}", "\"value\" is not an array")]
    [InlineData("""{"value":[],"value":[],""" + Delta + "}", "the page has a property twice")]
    [InlineData("""{"value":[],"v\u0061lue":[],""" + Delta + "}", "the page has a property twice")]
    [InlineData("""{"value":[],""" + Delta + "," + Delta + "}", "the page has a property twice")]
    [InlineData("""{"value":[]}""", "the page has no link, neither to the next page nor to the next round")]
    [InlineData("""{"value":[],""" + Next + "," + Delta + "}", "the page has two links, to the next page and to the next round")]
    [InlineData("""{"value":[],"@odata.deltaLink":null}""", "a link is not a string")]
    [InlineData("""{"value":[],"@odata.deltaLink":7}""", "a link is not a string")]
    [InlineData("""{"value":[],"@odata.deltaLink":""}""", "a link is not an absolute web address")]
    [InlineData("""{"value":[],"@odata.deltaLink":"/users/delta?$deltatoken=planted"}""", "a link is not an absolute web address")]
    [InlineData("""{"value":[],"@odata.deltaLink":"file:///etc/passwd"}""", "a link is not an absolute web address")]
    [InlineData("""{"value":[],"@odata.deltaLink":"https://\ud83d"}""", "the answer has an id or a link that is not Unicode text")]
    public void A_page_that_breaks_the_protocol_is_refused_with_the_reason(string json, string reason) => Assert.Equal(reason, Defect(json));

    [Theory]
    [InlineData("null", "an entry is not an object")]
    [InlineData("\"u\"", "an entry is not an object")]
    [InlineData("[]", "an entry is not an object")]
    [InlineData("{}", "an entry has no id")]
    [InlineData("""{"ID":"u","userType":"Guest"}""", "an entry has no id")]
    [InlineData("""{"id":null}""", "an entry's id is not a string")]
    [InlineData("""{"id":7}""", "an entry's id is not a string")]
    [InlineData("""{"id":""}""", "an entry's id is empty")]
    [InlineData("""{"id":" "}""", "an entry's id is empty")]
    [InlineData("""{"id":"\ud83d"}""", "the answer has an id or a link that is not Unicode text")]
    [InlineData("""{"id":"u","id":"u"}""", "an entry has a property twice")]
    [InlineData("""{"id":"u","userType":"Guest","UserType":"Member"}""", "an entry has a property twice")]
    [InlineData("""{"id":"u","userType":7}""", "an entry's userType is neither a string nor null")]
    [InlineData("""{"id":"u","userType":["Guest"]}""", "an entry's userType is neither a string nor null")]
    [InlineData("""{"id":"u","@removed":null}""", "an entry's @removed is not an object")]
    [InlineData("""{"id":"u","@removed":"deleted"}""", "an entry's @removed is not an object")]
    public void An_entry_that_breaks_the_protocol_spoils_the_page(string entry, string reason) =>
        Assert.Equal(reason, Defect(Page("""{"id":"fine","userType":"Guest"}""", entry)));

    [Fact]
    public void A_page_cut_anywhere_is_refused()
    {
        var whole = Page(
            """{"id":"g1","userType":"Guest","displayName":"Zo\u00eb","@x":{"y":[1,2]}}""",
            """{"id":"g2","@removed":{"reason":"changed"}}""");
        for (var length = 0; length < whole.Length; length++)
            Assert.False(reader.TryRead(Encoding.UTF8.GetBytes(whole[..length]), out _, out _), whole[..length]);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("{}")]
    [InlineData("\0")]
    public void Nothing_may_follow_the_page(string garbage) =>
        Assert.StartsWith("the answer is not JSON", Defect(Page() + garbage), StringComparison.Ordinal);

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var entry = $$"""{"id":"u","deep":{{new string('[', 5000)}}{{new string(']', 5000)}}}""";
        Assert.StartsWith("the answer is not JSON", Defect(Page(entry)), StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_are_no_JSON() => Assert.StartsWith("the answer is not JSON", Defect("/* */" + Page()), StringComparison.Ordinal);

    [Fact]
    public void A_single_user_is_read_like_an_entry()
    {
        Assert.True(reader.TryReadUser("""{"@odata.context":"x","id":"u","userType":"Guest"}"""u8, out var user, out _));
        Assert.Equal(EntryKind.Guest, user.Kind);
        Assert.False(reader.TryReadUser("[]"u8, out _, out var defect));
        Assert.Equal("an entry is not an object", defect);
    }
}
