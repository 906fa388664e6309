using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Conformance;

/// <summary>Each row of the table in MimHybrid.Graph/README.md#what-an-entry-means, and what it means for each guest known.</summary>
public sealed class EntryRowsTests
{
    private const string Same = "userType Guest, the values known";
    private const string Other = "userType Guest, other values";
    private const string Member = "userType Member";
    private const string Null = "userType null";
    private const string Absent = "userType absent, the values known";
    private const string AbsentOther = "userType absent, other values";
    private const string Removed = "@removed changed";
    private const string Purged = "@removed deleted";
    private const string NoReason = "@removed without a reason";
    private const string OddReason = "@removed with an unknown reason";

    /// <summary>Entry, guest known, requests, guest known afterwards, change.</summary>
    public static TheoryData<string, string, string, string, string> Rows => new()
    {
        { Same, "Live", "round", "Live", "" },
        { Same, "SoftDeleted", "round", "Live", "Restored" },
        { Same, "unknown", "round", "Live", "Added" },
        { Other, "Live", "round", "Live", "Updated" },
        { Other, "SoftDeleted", "round", "Live", "Restored" },
        { Member, "Live", "round", "unknown", "Removed" },
        { Member, "SoftDeleted", "round", "unknown", "Removed" },
        { Member, "unknown", "round", "unknown", "" },
        { Null, "Live", "round", "unknown", "Removed" },
        { Null, "SoftDeleted", "round", "unknown", "Removed" },
        { Null, "unknown", "round", "unknown", "" },
        { Absent, "Live", "round", "Live", "" },
        { AbsentOther, "Live", "round", "Live", "Updated" },
        { Absent, "SoftDeleted", "round user", "SoftDeleted", "" }, // not found once: nothing is decided yet, and the poll says so
        { Absent, "unknown", "round", "unknown", "" },
        { Removed, "Live", "round", "SoftDeleted", "Removed" },
        { Removed, "SoftDeleted", "round", "SoftDeleted", "" },
        { Removed, "unknown", "round", "unknown", "" },
        { Purged, "Live", "round", "unknown", "Removed" },
        { Purged, "SoftDeleted", "round", "unknown", "" },
        { Purged, "unknown", "round", "unknown", "" },
        { NoReason, "Live", "round", "SoftDeleted", "Removed" },
        { NoReason, "SoftDeleted", "round", "SoftDeleted", "" },
        { NoReason, "unknown", "round", "unknown", "" },
        { OddReason, "Live", "round", "SoftDeleted", "Removed" },
        { OddReason, "SoftDeleted", "round", "SoftDeleted", "" },
        { OddReason, "unknown", "round", "unknown", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task An_entry_does_what_its_row_says(string entry, string known, string requested, string afterwards, string change)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var guest = await ArrangeAsync(watched, known);
        watched.AnswerDeltaWith(Json(entry, guest));

        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal(requested, transcript.Requested);
        Assert.Equal(afterwards, StateOf(watched, guest.Id));
        Assert.Equal(change.Length > 0, transcript.CausesCycle);
        Assert.Equal(change, string.Concat(watched.TakeChanges().Select(made => made.Kind)));
        if (change.Length > 0) Assert.Contains($"1 {change.ToLowerInvariant()}", transcript.Read, StringComparison.Ordinal);
        else Assert.DoesNotContain("Guests changed", transcript.Read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twice_the_same_id_with_a_contradiction_is_settled_by_a_look_and_a_stranger_without_a_type_too()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var guest = await ArrangeAsync(watched, "unknown");
        watched.AnswerDeltaWith($"{Json(Absent, guest)},{Json(Absent, guest)}");
        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal(("round user", true), (transcript.Requested, transcript.CausesCycle));
        Assert.Equal("Live", StateOf(watched, guest.Id));

        watched.AnswerDeltaWith($"{Json(Removed, guest)},{Json(Same, guest)}");
        Assert.Equal("round user", (await Transcript.OfPollAsync(watched)).Requested);
        Assert.Equal(ChangeKind.Added, Assert.Single(watched.TakeChanges()).Kind);
    }

    [Theory]
    [InlineData("""{"userType":"Guest"}""", "has no id")]
    [InlineData("""{"id":"","userType":"Guest"}""", "id is empty")]
    [InlineData("""{"id":7,"userType":"Guest"}""", "id is not a string")]
    [InlineData("""{"id":null,"userType":"Guest"}""", "id is not a string")]
    public async Task An_entry_without_an_id_fails_the_round_and_what_else_is_on_the_page_waits(string entry, string says)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.AnswerDeltaWith($$"""{"id":"a","userType":"Guest"},{{entry}}""");
        var transcript = await Transcript.OfPollAsync(watched);
        Assert.Equal(("round", false, false), (transcript.Requested, transcript.CursorMoved, transcript.CausesCycle));
        Assert.Contains(says, transcript.Read, StringComparison.Ordinal);
        Assert.Equal("unknown", StateOf(watched, "a"));
    }

    private static async Task<TenantUser> ArrangeAsync(WatchedTenant watched, string known)
    {
        var guest = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        if (known == "unknown") return guest;
        await watched.PollAsync();
        if (known == "SoftDeleted")
        {
            watched.People.Delete(guest.Id);
            await watched.PollAsync();
        }

        watched.TakeChanges();
        return guest;
    }

    private static string StateOf(WatchedTenant watched, string id) =>
        watched.Store.Guests.FindGuests([id]).TryGetValue(id, out var guest) ? guest.State.ToString() : "unknown";

    private static string Json(string entry, TenantUser guest)
    {
        var values = $"\"displayName\":\"Lena Brandt\",\"mail\":\"lena@fabrikam.example\",\"userPrincipalName\":\"{guest.UserPrincipalName}\"";
        return $"{{\"id\":\"{guest.Id}\"," + entry switch
        {
            Same => $"\"userType\":\"Guest\",{values}}}",
            Other => "\"userType\":\"guest\",\"displayName\":\"Lena Meyer\"}",
            Member => "\"userType\":\"Member\"}",
            Null => "\"userType\":null}",
            Absent => $"{values}}}",
            AbsentOther => "\"displayName\":\"Lena Meyer\"}",
            Removed => "\"@removed\":{\"reason\":\"changed\"}}",
            Purged => "\"@removed\":{\"reason\":\"deleted\"}}",
            NoReason => "\"@removed\":{}}",
            _ => "\"@removed\":{\"reason\":\"vanished\"}}",
        };
    }
}
