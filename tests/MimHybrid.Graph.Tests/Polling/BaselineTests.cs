using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

public sealed class BaselineTests
{
    private static readonly SandboxTenantOptions SmallPages = new() { Pages = new PageShape { Size = 2 } };

    private static async Task<WatchedTenant> StartWithSevenGuestsAsync(SandboxTenantOptions? options = null)
    {
        var watched = await WatchedTenant.StartAsync(options ?? SmallPages);
        for (var number = 1; number <= 7; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        return watched;
    }

    private static Func<RecordedRequest, bool> Page(WatchedTenant watched, int number) =>
        request => request.IsDelta && watched.Tenant.Requests.Count(each => each.IsDelta) == number;

    [Fact]
    public async Task After_a_crash_it_goes_on_where_it_stopped()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        watched.Tenant.Faults.Next(new Fault.Reset(), when: Page(watched, 3));
        Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);
        Assert.Equal((2, 4), (watched.Store.Guests.ReadBaseline()!.Pages, watched.Store.Guests.ReadBaseline()!.Guests));

        watched.Tenant.Requests.Clear();
        watched.Restart();
        Assert.Equal(new PollResult.BaselineRead(7, 7, 7), await watched.PollAsync());
        Assert.Equal(2, watched.Tenant.Requests.Count(request => request.IsDelta));
        Assert.Equal((1, 1, 1), (watched.Logs.Count(2020), watched.Logs.Count(2021), watched.Logs.Count(2023)));
    }

    [Fact]
    public async Task Its_beginning_is_told_once_however_often_the_first_page_fails()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        watched.FailDelta(Fault.Unavailable(), count: 3);
        for (var poll = 0; poll < 3; poll++) await watched.PollInVainAsync();
        await watched.PollAsync();
        Assert.Equal((1, 0, 1), (watched.Logs.Count(2020), watched.Logs.Count(2021), watched.Logs.Count(2000)));
    }

    [Fact]
    public async Task A_page_token_that_died_in_the_meantime_starts_it_over()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        watched.Tenant.Faults.Next(new Fault.Reset(), when: Page(watched, 3));
        await watched.PollInVainAsync();
        watched.Tenant.ExpireDeltaTokens();

        watched.Restart();
        Assert.Equal(new PollResult.BaselineRead(7, 7, 7), await watched.PollAsync());
        Assert.Equal(1, watched.Logs.Count(2024));
    }

    [Fact]
    public async Task Page_tokens_that_die_at_once_end_the_poll_and_not_the_agent()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        watched.FailLaterPage(Fault.Error(400, "Directory_ExpiredPageToken", ""), count: 2);
        var (failureClass, needsPerson, _, _) = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.ServerError, false), (failureClass, needsPerson));
        Assert.Null(watched.Store.Guests.ReadBaseline());
        Assert.Equal(new PollResult.BaselineRead(7, 7, 7), await watched.PollAsync());
    }

    [Fact]
    public async Task A_baseline_begun_under_other_settings_is_given_up()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        watched.Tenant.Faults.Next(new Fault.Reset(), when: Page(watched, 3));
        await watched.PollInVainAsync();

        watched.Tenant.Requests.Clear();
        watched.Restart(settings => settings.Select = ["id", "userType", "mail"]);
        Assert.Equal(new PollResult.BaselineRead(7, 7, 7), await watched.PollAsync());
        Assert.Equal(4, watched.Tenant.Requests.Count(request => request.IsDelta));
    }

    [Fact]
    public async Task Other_settings_forget_the_cursor_and_compare_with_the_guests_known()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        await watched.PollAsync();
        watched.TakeChanges();
        watched.People.Delete(watched.People.Guests[0].Id);

        watched.Restart(settings => settings.Select = ["mail", .. settings.SelectedProperties.Except(["mail"])]);
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Single(watched.TakeChanges(), change => change.Kind == ChangeKind.Removed);
        Assert.Equal(1, watched.Logs.Count(2003));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task Removals_in_a_first_round_and_repeated_entries_do_no_harm()
    {
        var shape = new PageShape { Size = 2, RemovedInFirstRound = true, Repeated = true, EmptyEvery = 2, Shuffled = true };
        await using var watched = await StartWithSevenGuestsAsync(new SandboxTenantOptions { Pages = shape });
        watched.People.Delete(watched.People.Guests[3].Id);
        Assert.Equal((6, 6), await watched.PollAsync() is PollResult.BaselineRead found ? (found.Guests, found.Changes) : default);
    }

    [Fact]
    public async Task A_guest_of_an_earlier_page_whom_a_later_page_removes_is_looked_at()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        await watched.PollAsync();
        var (guest, link) = (watched.People.Guests[0], watched.CursorLink);
        watched.Store.Guests.ForgetCursor();

        watched.AnswerDeltaWith($$"""{"id":"{{guest.Id}}","userType":"Guest"}""", nextLink: link);
        watched.AnswerDeltaWith($$$"""{"id":"{{{guest.Id}}}","@removed":{"reason":"changed"}}""", nextLink: link + "1");
        watched.FailDelta(Fault.Page($$"""{"value":[],"@odata.deltaLink":"{{link}}"}"""));
        Assert.Equal(1, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : 0);
        Assert.Equal(1, watched.CountReadsOf(guest.Id));
    }

    [Fact]
    public async Task A_known_guest_without_a_type_stays_one()
    {
        await using var watched = await StartWithSevenGuestsAsync();
        await watched.PollAsync();
        var (guest, link) = (watched.People.Guests[0], watched.CursorLink);
        watched.Store.Guests.ForgetCursor();

        watched.FailDelta(Fault.Page($$"""{"value":[{"id":"{{guest.Id}}"},{"id":"a stranger"}],"@odata.deltaLink":"{{link}}"}"""));
        Assert.Equal((2, 1), await watched.PollAsync() is PollResult.BaselineRead found ? (found.Users, found.Guests) : default);
    }
}
