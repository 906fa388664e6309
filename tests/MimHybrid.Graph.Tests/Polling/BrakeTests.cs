using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>Mass deletions are never handed on from one reading (MimHybrid.Graph/README.md#the-brake).</summary>
public sealed class BrakeTests
{
    private const int Guests = 200;

    private static async Task<WatchedTenant> StartWithGuestsAsync()
    {
        var watched = await WatchedTenant.StartAsync(new SandboxTenantOptions { AccessTokenLifetime = TimeSpan.FromDays(365) });
        for (var number = 1; number <= Guests; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();
        return watched;
    }

    private static void Delete(WatchedTenant watched, int count)
    {
        foreach (var guest in watched.People.Guests.Take(count)) watched.People.Delete(guest.Id);
    }

    private static async Task<PollFailure> AssertHeldAsync(WatchedTenant watched, TimeSpan pause)
    {
        var failure = await watched.PollInVainAsync();
        Assert.Equal((PollFailureClass.Doubtful, false, pause), (failure.Class, failure.NeedsPerson, failure.RetryAfter));
        Assert.Empty(watched.TakeChanges());
        Assert.Equal(Guests, watched.Store.Reader.CountLiveGuests());
        return failure;
    }

    [Fact]
    public async Task A_reading_in_which_many_are_missing_counts_when_it_comes_twice()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, 60);
        var failure = await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));
        Assert.Contains("60 of 200 guests were missing", failure.Sentence, StringComparison.Ordinal);
        Assert.Equal(1, watched.Logs.Count(2050));

        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(60, Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync()).Changes);
        Assert.Equal(60, watched.TakeChanges().Count(change => change.Kind == ChangeKind.Removed));
        Assert.Null(watched.Store.Guests.ReadDoubtedBaseline());
    }

    [Fact]
    public async Task Before_the_second_reading_nothing_is_asked_not_even_after_a_restart()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, 60);
        await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));

        watched.Tenant.Requests.Clear();
        watched.Restart();
        watched.Clock.Advance(TimeSpan.FromMinutes(10));
        await AssertHeldAsync(watched, TimeSpan.FromMinutes(5));
        Assert.Empty(watched.Tenant.Requests.All);
    }

    [Fact]
    public async Task After_the_clock_was_set_back_the_second_reading_does_not_wait_for_the_old_time_to_come_again()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, 60);
        await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));

        watched.Tenant.Requests.Clear();
        watched.Clock.AdjustTime(watched.Clock.GetUtcNow() - TimeSpan.FromDays(30));
        await watched.PollAsync();
        Assert.NotEmpty(watched.Tenant.Requests.All);
    }

    /// <summary>A guest who is known since a time that has not come yet is known all the same.</summary>
    [Fact]
    public async Task After_the_clock_was_set_back_a_reading_in_which_many_are_missing_still_has_to_come_twice()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Clock.AdjustTime(watched.Clock.GetUtcNow() - TimeSpan.FromDays(30));
        watched.Store.Guests.ForgetCursor();
        Delete(watched, 60);

        await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task A_second_reading_that_finds_them_again_removes_nobody()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Store.Guests.ForgetCursor();
        watched.AnswerDeltaWith("", nextLink: null, deltaLink: watched.Tenant.GraphBaseUrl + "/users/delta?$deltatoken=odd");
        var failure = await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));
        Assert.Contains("200 of 200", failure.Sentence, StringComparison.Ordinal);

        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(new PollResult.BaselineRead(Guests, Guests, 0), await watched.PollAsync());
        Assert.Null(watched.Store.Guests.ReadDoubtedBaseline());
    }

    [Fact]
    public async Task Readings_that_disagree_are_repeated_ever_more_slowly()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, 60);
        await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));
        foreach (var minutes in new[] { 30, 60 })
        {
            watched.Clock.SetUtcNow(watched.Store.Guests.ReadDoubtedBaseline()!.RetryAt);
            watched.People.Restore(watched.People.DeletedItems[0].Id);
            await AssertHeldAsync(watched, TimeSpan.FromMinutes(minutes));
        }
    }

    [Fact]
    public async Task Somebody_deleted_between_two_readings_does_not_keep_them_from_agreeing()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, 60);
        await AssertHeldAsync(watched, TimeSpan.FromMinutes(15));
        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Delete(watched, 1);
        Assert.Equal(61, Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync()).Changes);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(10)]
    public async Task Fewer_are_believed_at_once(int deleted)
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Delete(watched, deleted);
        Assert.Equal(deleted, Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync()).Changes);
    }

    [Fact]
    public async Task The_pause_between_two_resynchronisations_outlives_a_restart()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.ExpireDeltaTokens();
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        watched.Tenant.ExpireDeltaTokens();
        watched.Restart();
        Assert.Equal(TimeSpan.FromMinutes(15), (await watched.PollInVainAsync()).RetryAfter);
    }
}
