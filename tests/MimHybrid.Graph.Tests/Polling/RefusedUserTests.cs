using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// A read of one user that is refused for good costs neither the others nor the cursor
/// (MimHybrid.Graph/README.md#a-user-who-cannot-be-read): after three the user is told of, and counts as a guest where anything showed them
/// as one.
/// </summary>
public sealed class RefusedUserTests
{
    private const int Told = 2014;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static readonly string[] both = ["Lena Brandt", "Max Vogel"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_the_first_page_of_a_first_reading_all_others_are_read(bool anotherProcess)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var link = watched.CursorLink;
        watched.Store.Guests.ForgetCursor();
        var lena = Refuse(watched);
        for (var poll = 1; poll < 3; poll++)
        {
            watched.AnswerDeltaWith(Contradiction(lena), deltaLink: link);
            await watched.PollInVainAsync();
            if (anotherProcess) watched.Restart();
            watched.Clock.Advance(Minute);
        }

        watched.AnswerDeltaWith(Contradiction(lena), deltaLink: link);
        Assert.Equal(2, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : -1);
        var told = Assert.Single(watched.Logs.Lines, line => line.Id == Told).Text;
        Assert.Contains($"{lena.Id} cannot be read by id (404)", told, StringComparison.Ordinal);
        Assert.Equal(0, watched.Logs.Count(2024));
    }

    [Fact]
    public async Task In_a_round_all_others_are_told_and_the_cursor_stays()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = Refuse(watched);
        for (var poll = 1; poll < 3; poll++)
        {
            watched.AnswerDeltaWith(Contradiction(lena));
            await watched.PollInVainAsync();
            watched.Clock.Advance(Minute);
        }

        watched.AnswerDeltaWith(Contradiction(lena));
        Assert.Equal(2, await watched.PollAsync() is PollResult.Changed changed ? changed.Added : -1);
        Assert.Equal(both, watched.TakeChanges().Select(change => change.Name).Order(StringComparer.Ordinal));
        Assert.Equal((1, 1), (watched.Logs.Count(Told), watched.CountBeginnings()));
    }

    [Fact]
    public async Task A_guest_who_is_known_is_not_removed_on_a_contradiction()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();
        Refuse(watched, lena);
        for (var poll = 1; poll <= 3; poll++)
        {
            watched.AnswerDeltaWith($$"""{{Live(lena)}},{{Removed(lena)}}""");
            await watched.PollAsync();
            watched.Clock.Advance(Minute);
        }

        Assert.Equal(1, watched.Logs.Count(Told));
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
        Assert.DoesNotContain(watched.TakeChanges(), change => change.Kind == ChangeKind.Removed);
    }

    /// <summary>Two of them take no longer than one: each poll asks for both.</summary>
    [Fact]
    public async Task Two_users_are_given_up_by_the_same_three_polls()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = Refuse(watched);
        var ida = Refuse(watched, watched.People.Invite("Ida Kern", "ida@fabrikam.example"));
        for (var poll = 1; poll <= 3; poll++)
        {
            watched.AnswerDeltaWith($"{Contradiction(lena)},{Contradiction(ida)}");
            if (poll < 3) await watched.PollInVainAsync();
            watched.Clock.Advance(Minute);
        }

        Assert.IsType<PollResult.Changed>(await watched.PollAsync());
        Assert.Equal(2, watched.Logs.Count(Told));
    }

    [Fact]
    public async Task What_passes_is_waited_for_and_gives_nobody_up()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Tenant.Faults.Next(Fault.Unavailable(), count: 6, request => request.Path.EndsWith(lena.Id, StringComparison.Ordinal));
        for (var poll = 1; poll <= 6; poll++)
        {
            watched.AnswerDeltaWith(Contradiction(lena));
            await watched.PollInVainAsync();
            watched.Clock.Advance(Minute);
        }

        watched.AnswerDeltaWith(Contradiction(lena));
        Assert.IsType<PollResult.Changed>(await watched.PollAsync());
        Assert.Equal(0, watched.Logs.Count(Told));
    }

    /// <summary>The comparison with a list confirms each difference by a read of the user.</summary>
    [Fact]
    public async Task A_comparison_with_a_list_takes_over_all_others()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = Refuse(watched);
        watched.People.Invite("Max Vogel", "max@fabrikam.example");
        watched.AnswerDeltaWith(""); // delta tells of neither
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        for (var poll = 1; poll <= 4; poll++)
        {
            watched.Clock.Advance(poll == 1 ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(20));
            watched.Restart();
            watched.AnswerDeltaWith("");
            await watched.PollAsync();
        }

        Assert.Equal(both, watched.TakeChanges().Select(change => change.Name).Order(StringComparer.Ordinal));
        Assert.Contains(lena.Id, Assert.Single(watched.Logs.Lines, line => line.Id == Told).Text, StringComparison.Ordinal);
    }

    private static TenantUser Refuse(WatchedTenant watched, TenantUser? user = null)
    {
        var refused = user ?? watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.Tenant.Faults.Next(Fault.Html(404), count: 1000, request => request.Path.EndsWith(refused.Id, StringComparison.Ordinal));
        return refused;
    }

    /// <summary>Gone and there on one page, and beside them somebody of whom nothing is unclear.</summary>
    private static string Contradiction(TenantUser user) => $"{Removed(user)},{Live(user)},"
        + """{"id":"max","userType":"Guest","displayName":"Max Vogel"}""";

    private static string Removed(TenantUser user) => $$$"""{"id":"{{{user.Id}}}","@removed":{"reason":"changed"}}""";

    private static string Live(TenantUser user) =>
        $$"""{"id":"{{user.Id}}","userType":"Guest","displayName":"{{user.DisplayName}}"}""";
}
