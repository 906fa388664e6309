using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

public sealed class DeadTokenTests
{
    private static readonly SandboxTenantOptions SmallPages = new() { Pages = new PageShape { Size = 1 } };

    /// <summary>All but the one that says it in words only.</summary>
    public static TheoryData<ExpiredTokenShape> KnownShapes =>
        [.. Enum.GetValues<ExpiredTokenShape>().Except([ExpiredTokenShape.SteadyStateNotReached])];

    [Theory]
    [MemberData(nameof(KnownShapes))]
    public async Task A_dead_cursor_of_any_known_shape_is_a_baseline_in_the_same_poll(ExpiredTokenShape shape)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync(new SandboxTenantOptions { ExpiredTokenShape = shape });
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        var omar = watched.People.Invite("Omar Haddad", "omar@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();

        watched.Tenant.ExpireDeltaTokens();
        watched.People.Delete(lena.Id);
        watched.People.Update(omar.Id, "mail", "omar@wingtip.example");
        Assert.Equal(new PollResult.BaselineRead(Users: 2, Guests: 1, Changes: 2), await watched.PollAsync());
        Assert.Equal(
            [(ChangeKind.Updated, "Omar Haddad"), (ChangeKind.Removed, "Lena Brandt")],
            watched.TakeChanges().Select(change => (change.Kind, change.Name!)).Order());
        Assert.Equal(1, watched.Logs.Count(2002));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task A_400_that_explains_nothing_is_believed_the_third_time()
    {
        var options = new SandboxTenantOptions { ExpiredTokenShape = ExpiredTokenShape.SteadyStateNotReached };
        await using var watched = await WatchedTenant.StartWithBaselineAsync(options);
        watched.Tenant.ExpireDeltaTokens();
        for (var poll = 1; poll < 3; poll++)
        {
            Assert.Equal(PollFailureClass.ServerError, (await watched.PollInVainAsync()).Class);
            watched.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }

    [Fact]
    public async Task And_counted_anew_after_a_good_round()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.FailDelta(Fault.Error(400, "BadRequest", ""), count: 2);
        await watched.PollInVainAsync();
        watched.Clock.Advance(TimeSpan.FromMinutes(1));
        await watched.PollInVainAsync();
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        watched.Clock.Advance(TimeSpan.FromMinutes(1));
        watched.FailDelta(Fault.Error(400, "BadRequest", ""));
        await watched.PollInVainAsync();
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task Also_when_it_is_always_the_second_page()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync(SmallPages);
        for (var number = 0; number < 3; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.FailLaterPage(Fault.Error(400, "BadRequest", ""), count: 4);
        for (var poll = 1; poll < 3; poll++)
        {
            await watched.PollInVainAsync();
            watched.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
    }

    [Fact]
    public async Task A_page_token_that_dies_inside_a_round_repeats_the_round_from_the_cursor()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync(SmallPages);
        for (var number = 0; number < 3; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.FailLaterPage(Fault.Error(400, "Directory_ExpiredPageToken", ""));
        Assert.Equal(new PollResult.Changed(3, 0, 0, 0), await watched.PollAsync());
        Assert.Equal(0, watched.Logs.Count(2002));
    }

    [Theory]
    [InlineData(400, "Request_UnsupportedQuery")]
    [InlineData(400, "BadRequest")]
    [InlineData(404, "syncStateNotFound")]
    public async Task The_same_answer_to_a_request_without_a_token_is_about_the_settings(int status, string code)
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.FailDelta(Fault.Error(status, code, ""), count: 4);
        for (var poll = 0; poll < 4; poll++)
        {
            var (failureClass, needsPerson, _, _) = await watched.PollInVainAsync();
            Assert.Equal((PollFailureClass.Configuration, true), (failureClass, needsPerson));
        }

        Assert.Equal(4, watched.Tenant.Requests.Count(request => request.IsDelta));
    }

    [Fact]
    public async Task Cursors_that_die_at_once_are_not_followed_by_baseline_after_baseline()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Tenant.ExpireDeltaTokens();
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync()); // too soon to trust the cursor

        watched.Tenant.ExpireDeltaTokens();
        Assert.Equal(TimeSpan.FromMinutes(15), (await watched.PollInVainAsync()).RetryAfter);
        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());

        watched.Tenant.ExpireDeltaTokens();
        Assert.Equal(TimeSpan.FromMinutes(30), (await watched.PollInVainAsync()).RetryAfter);
    }

    [Fact]
    public async Task A_cursor_that_outlives_the_pause_is_trusted_again()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Tenant.ExpireDeltaTokens();
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());

        watched.Tenant.ExpireDeltaTokens();
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        watched.Tenant.ExpireDeltaTokens();
        Assert.Equal(TimeSpan.FromMinutes(15), (await watched.PollInVainAsync()).RetryAfter);
    }
}
