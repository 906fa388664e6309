using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

public sealed class RoundTests
{
    /// <summary>Nothing expires while months pass.</summary>
    private static readonly SandboxTenantOptions Patient = new()
    {
        AccessTokenLifetime = TimeSpan.FromDays(365),
        DeltaTokenLifetime = TimeSpan.FromDays(365),
    };

    [Fact]
    public async Task The_first_poll_reads_the_whole_tenant()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.People.AddMembers(450);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");

        Assert.Equal(new PollResult.BaselineRead(Users: 451, Guests: 1, Changes: 1), await watched.PollAsync());
        var added = new GuestChange(lena.Id, ChangeKind.Added, "Lena Brandt", "lena@fabrikam.example", watched.Clock.GetUtcNow());
        Assert.Equal([added], watched.TakeChanges());
        Assert.Equal([1, 2], watched.Progress.Select(state => state.Pages));
    }

    [Fact]
    public async Task A_quiet_tenant_is_one_request_and_no_change()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Tenant.Requests.Clear();
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(2, watched.Tenant.Requests.All.Count);
        Assert.Empty(watched.TakeChanges());
    }

    [Fact]
    public async Task A_guests_whole_life_is_told()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Meyer", "lena@fabrikam.example");
        await ExpectAsync(watched, new PollResult.Changed(1, 0, 0, 0), (ChangeKind.Added, "Lena Meyer"));

        watched.People.Update(lena.Id, "displayName", "Lena Brandt");
        await ExpectAsync(watched, new PollResult.Changed(0, 1, 0, 0), (ChangeKind.Updated, "Lena Brandt"));

        watched.People.Delete(lena.Id);
        await ExpectAsync(watched, new PollResult.Changed(0, 0, 1, 0), (ChangeKind.Removed, "Lena Brandt"));

        watched.People.Restore(lena.Id);
        await ExpectAsync(watched, new PollResult.Changed(0, 0, 0, 1), (ChangeKind.Restored, "Lena Brandt"));

        watched.People.ConvertTo(lena.Id, "Member");
        await ExpectAsync(watched, new PollResult.Changed(0, 0, 1, 0), (ChangeKind.Removed, "Lena Brandt"));

        watched.People.ConvertTo(lena.Id, "Guest");
        await ExpectAsync(watched, new PollResult.Changed(1, 0, 0, 0), (ChangeKind.Added, "Lena Brandt"));

        watched.People.Delete(lena.Id);
        await ExpectAsync(watched, new PollResult.Changed(0, 0, 1, 0), (ChangeKind.Removed, "Lena Brandt"));

        watched.People.Purge(lena.Id);
        await ExpectAsync(watched, new PollResult.Unchanged());
    }

    [Fact]
    public async Task A_deleted_guest_whose_purge_nobody_told_is_forgotten_when_no_restore_can_come_any_more()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync(Patient);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.People.Delete(lena.Id);
        await watched.PollAsync();
        watched.TakeChanges();

        watched.Clock.Advance(TimeSpan.FromDays(45));
        watched.People.Invite("Omar Haddad", "omar@fabrikam.example");
        await watched.PollAsync();
        Assert.Equal(GuestState.SoftDeleted, watched.Store.Guests.FindGuests([lena.Id])[lena.Id].State);

        watched.Clock.Advance(TimeSpan.FromDays(1));
        watched.People.Invite("Ida Sommer", "ida@fabrikam.example");
        await watched.PollAsync();
        Assert.Empty(watched.Store.Guests.FindGuests([lena.Id]));
        Assert.All(watched.TakeChanges(), change => Assert.Equal(ChangeKind.Added, change.Kind));
    }

    private static async Task ExpectAsync(WatchedTenant watched, PollResult result, params (ChangeKind, string?)[] changes)
    {
        Assert.Equal(result, await watched.PollAsync());
        Assert.Equal(changes, watched.TakeChanges().Select(change => (change.Kind, change.Name)));
    }

    [Fact]
    public async Task What_happens_to_members_is_no_change()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var anna = watched.People.AddMember("Anna Member", "anna@contoso.example");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        watched.People.Update(anna.Id, "displayName", "Anna M.");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        watched.People.Delete(anna.Id);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task Replays_repetitions_and_any_order_change_nothing()
    {
        var shape = new PageShape { Size = 3, Repeated = true, Replayed = true, Shuffled = true, Uneven = true, EmptyEvery = 3 };
        await using var watched = await WatchedTenant.StartWithBaselineAsync(new SandboxTenantOptions { Pages = shape });
        for (var number = 0; number < 10; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");

        Assert.Equal(new PollResult.Changed(10, 0, 0, 0), await watched.PollAsync());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task Links_go_back_byte_for_byte()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var link = watched.CursorLink.Replace("?$deltatoken=", "?%24deltatoken=%2D%7e", StringComparison.Ordinal) + "a-_.~%2Bb%2F";
        watched.AnswerDeltaWith("", nextLink: link);
        await watched.PollAsync();
        Assert.EndsWith(watched.Tenant.Requests.All.Last(request => request.IsDelta).PathAndQuery, link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_double_on_this_machine_may_do_without_TLS()
    {
        await using var watched = await WatchedTenant.StartAsync(new SandboxTenantOptions { PlainHttp = true });
        watched.Restart(settings => settings.BaseUrl = watched.Tenant.PlainGraphBaseUrl!.ToString());
        Assert.Empty(watched.Settings.Validate());
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
        Assert.StartsWith("http://127.0.0.1:", watched.CursorLink, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_and_Entra_see_who_asks()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        Assert.All(watched.Tenant.Requests.All, request => Assert.Matches(@"MimHybrid/\d+\.\d+\.\d+", request.UserAgent));
        Assert.All(watched.Tenant.Requests.All.Where(request => !request.IsTokenRequest), request => Assert.Equal("Low", request.ThrottlePriority));
        Assert.Equal(1, watched.Tenant.Requests.Count(request => request.IsTokenRequest));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Entries_that_contradict_each_other_are_settled_by_a_look_at_the_user(bool stillThere)
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();

        if (!stillThere) watched.People.Delete(lena.Id);
        var contradiction = $$$"""{"id":"{{{lena.Id}}}","@removed":{"reason":"changed"}},{"id":"{{{lena.Id}}}","userType":"Guest"}""";
        watched.AnswerDeltaWith(contradiction);
        if (!stillThere)
        {
            // Not found once may be a replica that lags; not found again, half a minute later, is deleted.
            Assert.Equal(TimeSpan.FromSeconds(30), (await watched.PollInVainAsync()).RetryAfter);
            Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
            watched.AnswerDeltaWith(contradiction);
            await watched.PollInVainAsync();
            watched.Clock.Advance(TimeSpan.FromSeconds(30));
            watched.AnswerDeltaWith(contradiction);
        }

        Assert.Equal(stillThere ? new PollResult.Unchanged() : new PollResult.Changed(0, 0, 1, 0), await watched.PollAsync());
        Assert.Equal(stillThere ? 1 : 3, watched.CountReadsOf(lena.Id));
    }

    /// <summary>A replica that lagged says nothing of the next one: the half minute begins anew.</summary>
    [Fact]
    public async Task A_guest_who_was_missed_and_found_again_has_to_be_missed_twice_the_next_time()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        var contradiction = $$$"""{"id":"{{{lena.Id}}}","@removed":{"reason":"changed"}},{"id":"{{{lena.Id}}}","userType":"Guest"}""";
        watched.People.Delete(lena.Id);
        watched.AnswerDeltaWith(contradiction);
        await watched.PollInVainAsync();
        watched.People.Restore(lena.Id);
        watched.AnswerDeltaWith(contradiction);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());

        watched.Clock.Advance(TimeSpan.FromMinutes(10));
        watched.People.Delete(lena.Id);
        watched.AnswerDeltaWith(contradiction);
        await watched.PollInVainAsync();
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task A_404_that_is_not_Graphs_removes_nobody()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.AnswerDeltaWith($$$"""{"id":"{{{lena.Id}}}","@removed":{}},{"id":"{{{lena.Id}}}","userType":"Guest"}""");
        watched.Tenant.Faults.Next(Fault.Html(404), when: request => request.Path.EndsWith(lena.Id, StringComparison.Ordinal));

        var link = watched.CursorLink;
        Assert.Equal(PollFailureClass.ServerError, (await watched.PollInVainAsync()).Class);
        Assert.Equal(link, watched.CursorLink);
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task An_answer_about_somebody_else_settles_nothing()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.AnswerDeltaWith($$$"""{"id":"{{{lena.Id}}}","@removed":{}},{"id":"{{{lena.Id}}}","userType":"Guest"}""");
        watched.Tenant.Faults.Next(Fault.Page("""{"id":"another","userType":"Member"}"""), when: request => request.Path.EndsWith(lena.Id, StringComparison.Ordinal));

        Assert.Contains("about another user", (await watched.PollInVainAsync()).Sentence, StringComparison.Ordinal);
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task A_deleted_guest_who_comes_back_without_a_type_is_looked_at()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.People.Delete(lena.Id);
        await watched.PollAsync();
        watched.People.Restore(lena.Id);

        watched.AnswerDeltaWith($$"""{"id":"{{lena.Id}}"}""");
        Assert.Equal(new PollResult.Changed(0, 0, 0, 1), await watched.PollAsync());
    }

    [Fact]
    public async Task A_callers_cancellation_is_thrown_and_is_no_failure()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.FailDelta(Fault.Hang);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var asked = watched.Tenant.Requests.NextAsync(request => request.IsDelta, TestContext.Current.CancellationToken);
        var poll = watched.PollUnlessStoppedAsync(stop.Token);
        await asked;
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => poll);
        Assert.Equal(0, watched.Logs.Count(2000));
    }
}
