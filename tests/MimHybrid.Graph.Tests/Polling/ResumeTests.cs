using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>
/// A reading of the whole tenant, by delta and by list, whose process dies at each of its pages: while the page is asked for, and before
/// each of its commits. It is never begun anew, and at most the page that was cut off is asked for again.
/// </summary>
public sealed class ResumeTests
{
    private const int Guests = 11;

    private static readonly SandboxTenantOptions SmallPages = new() { Pages = new PageShape { Size = 2 }, LargestListPage = 2 };

    [Theory]
    [InlineData(BaselineChoice.Delta, 6)]
    [InlineData(BaselineChoice.List, 7)] // the delta link, and six pages
    public async Task Dying_while_a_page_is_asked_for_costs_that_page_again(BaselineChoice kind, int pages)
    {
        for (var page = 1; page <= pages; page++)
        {
            await using var watched = await StartAsync(kind);
            var number = page;
            watched.Tenant.Faults.Next(new Fault.Reset(), when: request => IsPage(request) && watched.Tenant.Requests.Count(IsPage) == number);
            Assert.Equal(PollFailureClass.Unreachable, (await watched.PollInVainAsync()).Class);

            await AssertGoesOnAsync(watched, requests: pages + 1, askedAgain: 1);
        }
    }

    [Theory]
    [InlineData(BaselineChoice.Delta, 6)]
    [InlineData(BaselineChoice.List, 7)]
    public async Task Dying_before_a_commit_costs_that_page_again(BaselineChoice kind, int pages)
    {
        for (var commit = 1; commit <= pages; commit++)
        {
            await using var watched = await StartAsync(kind);
            var left = commit;
            watched.Store.Committing = () =>
            {
                if (--left == 0) throw new InvalidOperationException("The plug is pulled.");
            };
            await Assert.ThrowsAsync<InvalidOperationException>(watched.PollAsync);
            Assert.Equal(commit, watched.Tenant.Requests.Count(IsPage));
            watched.Store.Committing = null;

            // Each delta link without users is another one: the first request of a list is the same only in what it asks.
            await AssertGoesOnAsync(watched, requests: pages + 1, askedAgain: 1);
        }
    }

    private static async Task<WatchedTenant> StartAsync(BaselineChoice kind)
    {
        var watched = await WatchedTenant.StartAsync(SmallPages);
        for (var number = 1; number <= Guests; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.Restart(settings => (settings.Baseline, settings.ListSettleTime) = (kind, TimeSpan.Zero));
        return watched;
    }

    private static async Task AssertGoesOnAsync(WatchedTenant watched, int requests, int askedAgain)
    {
        watched.Restart();
        Assert.Equal(Guests, await watched.PollAsync() is PollResult.BaselineRead found ? found.Changes : 0);
        var asked = watched.Tenant.Requests.All.Where(IsPage).Select(request => request.PathAndQuery).ToList();
        Assert.Equal((requests, askedAgain), (asked.Count, asked.Count - asked.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(Guests, watched.Store.Reader.CountLiveGuests());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    private static bool IsPage(RecordedRequest request) => request.IsDelta || request.Path == "/v1.0/users";
}
