using MimHybrid.Cycles.Planning;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>What a guest is to the administrator: the section Graph:Guests and the setting On.</summary>
public sealed class ChosenGuestsTests
{
    private static async Task<WatchedTenant> StartAsync(Action<GuestSettings> choose)
    {
        var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => choose(settings.Guests));
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        return watched;
    }

    private static IEnumerable<(IgnoredBecause, long)> Ignored(WatchedTenant watched) =>
        watched.Store.Reader.ReadIgnored().Select(ignored => (ignored.Reason, ignored.Count));

    [Fact]
    public async Task A_guest_who_accepts_later_is_added_at_that_moment()
    {
        await using var watched = await StartAsync(guests => guests.AcceptedOnly = true);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.IsNotType<Decision.Run>(watched.Decide());
        Assert.Equal([(IgnoredBecause.NotAccepted, 1L)], Ignored(watched));
        Assert.Equal("Guest changes that start nothing: 1 invitation not accepted.", watched.Logs.Lines.Single(line => line.Id == 2012).Text);

        watched.People.Update(lena.Id, UserProperties.ExternalUserState, "Accepted");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
        Assert.Equal([(ChangeKind.Added, "Lena Brandt")], watched.TakeChanges().Select(change => (change.Kind, change.Name!)));
        Assert.Equal(1, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task A_guest_who_is_deleted_before_counting_was_never_there()
    {
        await using var watched = await StartAsync(guests => guests.AcceptedOnly = true);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.People.Delete(lena.Id);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        watched.People.Restore(lena.Id);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Empty(watched.TakeChanges());
    }

    [Fact]
    public async Task A_guest_who_leaves_the_filter_is_told_if_counted_and_added_when_back()
    {
        await using var watched = await StartAsync(guests => guests.MailDomains = ["fabrikam.example"]);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());

        watched.People.Update(lena.Id, "mail", "lena@wingtip.example");
        Assert.Equal(new PollResult.Changed(0, 1, 0, 0), await watched.PollAsync());
        Assert.Empty(watched.Store.Reader.ReadIgnored());

        watched.People.Update(lena.Id, "displayName", "Lena Meyer");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal([(IgnoredBecause.OtherMailDomain, 1L)], Ignored(watched));

        watched.People.Update(lena.Id, "mail", "lena@fabrikam.example");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
    }

    [Fact]
    public async Task A_deleted_guest_who_comes_back_but_does_not_count_is_forgotten_without_a_second_removal()
    {
        await using var watched = await StartAsync(guests => guests.MailDomains = ["fabrikam.example"]);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.People.Delete(lena.Id);
        Assert.Equal(new PollResult.Changed(0, 0, 1, 0), await watched.PollAsync());

        watched.People.Restore(lena.Id);
        watched.People.Update(lena.Id, "mail", "lena@wingtip.example");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Empty(watched.Store.Guests.FindGuests([lena.Id]));
    }

    /// <summary>An administrator resets the redemption of many guests, after a partner's migration say: nobody was removed.</summary>
    [Fact]
    public async Task Invitations_that_are_reset_hold_nothing_and_are_called_what_they_are()
    {
        await using var watched = await StartAsync(guests => guests.AcceptedOnly = true);
        var accepted = new Dictionary<string, string?> { [UserProperties.ExternalUserState] = "Accepted" };
        for (var number = 0; number < 60; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example", accepted);
        Assert.Equal(new PollResult.Changed(60, 0, 0, 0), await watched.PollAsync());
        watched.TakeChanges();

        foreach (var guest in watched.People.Guests.Skip(1))
            watched.People.Update(guest.Id, UserProperties.ExternalUserState, "PendingAcceptance");
        Assert.Equal(new PollResult.Changed(0, 59, 0, 0), await watched.PollAsync());
        Assert.IsType<Decision.Run>(watched.Decide());
        Assert.Null(watched.Store.Reader.ReadHeldRemovals(1));
        Assert.Contains("59 invitation not accepted", watched.Logs.Lines.Single(line => line.Id == 2013).Text, StringComparison.Ordinal);
        Assert.All(
            watched.Store.Reader.ReadPendingChanges(100), change => Assert.Equal("no longer counted (invitation not accepted)", change.Words));
        Assert.All(watched.TakeChanges(), change => Assert.Equal(IgnoredBecause.NotAccepted, change.LeftBecause));

        // What MIM shows of them, its own rules decide: nothing is expected.
        Assert.Empty(watched.Store.Cycles.ReadArrivalCauses(watched.Store.Reader.ReadLastCycle()!.Id));
    }

    [Fact]
    public async Task So_they_are_by_a_reading_of_the_whole_tenant_and_its_brake_does_not_miss_them()
    {
        await using var watched = await StartAsync(guests => guests.MailDomains = ["fabrikam.example"]);
        for (var number = 0; number < 60; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();

        foreach (var guest in watched.People.Guests) watched.People.Update(guest.Id, "mail", "moved@wingtip.example");
        watched.Store.Guests.ForgetCursor();
        Assert.Equal(60, await watched.PollAsync() is PollResult.BaselineRead found ? found.Changes : 0);
        Assert.All(watched.TakeChanges(), change => Assert.Equal(IgnoredBecause.OtherMailDomain, change.LeftBecause));
        Assert.Equal(0, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task A_guest_of_a_self_service_sign_up_counts_among_those_who_accepted()
    {
        await using var watched = await StartAsync(guests => guests.AcceptedOnly = true);
        watched.AnswerDeltaWith(
            """{"id":"otto","userType":"Guest","displayName":"Otto","creationType":"SelfServiceSignUp","externalUserState":null}""");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
    }

    [Theory]
    [InlineData(BaselineChoice.Delta)]
    [InlineData(BaselineChoice.List)]
    public async Task External_members_count_where_the_settings_say_so(BaselineChoice kind)
    {
        await using var watched = await WatchedTenant.StartAsync();
        var invited = new Dictionary<string, string?>
        {
            [UserProperties.UserType] = "Member",
            [UserProperties.CreationType] = "Invitation",
        };
        var maria = watched.People.Invite("Maria Sync", "maria@fabrikam.example", invited);
        watched.People.AddMember("Paul Meyer", "paul@contoso.example");
        watched.Restart(settings => (settings.Baseline, settings.ListSettleTime) = (kind, TimeSpan.Zero));
        watched.Restart(settings => settings.Guests.ExternalMembers = true);
        Assert.Equal(1, await watched.PollAsync() is PollResult.BaselineRead found ? found.Guests : 0);
        Assert.Equal("Maria Sync", Assert.Single(watched.TakeChanges()).Name);

        watched.People.Update(maria.Id, UserProperties.UserType, "Guest"); // the same person in another dress
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        watched.People.Delete(maria.Id);
        Assert.Equal(new PollResult.Changed(0, 0, 1, 0), await watched.PollAsync());
    }

    [Fact]
    public async Task Guests_are_not_counted_where_some_do_not_count_since_Graph_knows_no_such_filter()
    {
        await using var watched = await StartAsync(guests => guests.MailDomains = ["fabrikam.example"]);
        watched.Tenant.Requests.Clear();
        watched.Clock.Advance(TimeSpan.FromHours(2));
        watched.Restart(); // the access token has ended by now
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Single(watched.Tenant.Requests.All, request => !request.IsTokenRequest);
    }

    [Fact]
    public async Task Another_choice_reads_the_tenant_again_and_compares()
    {
        await using var watched = await StartAsync(_ => { });
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        watched.People.Invite("Omar Haddad", "omar@wingtip.example", new Dictionary<string, string?> { [UserProperties.CreationType] = "EmailVerified" });
        await watched.PollAsync();
        watched.TakeChanges();

        watched.Restart(settings => settings.Guests.InvitedOnly = true);
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal(0, watched.Store.Reader.ReadSnapshot(default).Pending.UnapprovedRemovals);
        Assert.Equal(1, watched.Logs.Count(2055));
        Assert.Equal(
            (IgnoredBecause.NotInvited, "Omar Haddad"), watched.TakeChanges().Select(change => (change.LeftBecause, change.Name!)).Last());
        Assert.Equal([lena.Id], watched.Store.Guests.FindGuests([.. watched.People.Guests.Select(guest => guest.Id)]).Keys);
    }

    [Fact]
    public async Task A_kind_that_is_not_chosen_starts_nothing_but_is_remembered()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Choose(ChangeKind.Updated, ChangeKind.Removed);
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.IsNotType<Decision.Run>(watched.Decide());
        Assert.Equal([(IgnoredBecause.AddedNotChosen, 1L)], Ignored(watched));

        watched.People.Update(lena.Id, "displayName", "Lena Meyer");
        Assert.Equal(new PollResult.Changed(0, 1, 0, 0), await watched.PollAsync());
        Assert.IsType<Decision.Run>(watched.Decide());
        Assert.Equal(ChangeKind.Updated, Assert.Single(watched.TakeChanges()).Kind);
    }

    [Fact]
    public async Task Removals_that_start_nothing_are_still_seen_by_the_removal_guard_and_carried_by_the_next_cycle()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.Choose(ChangeKind.Added);
        for (var number = 0; number < 8; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();

        watched.People.Delete(watched.People.Guests[0].Id);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal((0, 1), watched.Store.Reader.ReadSnapshot(default).Pending is var one ? (one.Count, one.UnapprovedRemovals) : default);
        Assert.IsType<Decision.Wait>(watched.Decide());

        foreach (var guest in watched.People.Guests) watched.People.Delete(guest.Id);
        await watched.PollAsync();
        Assert.Contains("guests were removed in the tenant", Assert.IsType<Decision.Hold>(watched.Decide()).Reason, StringComparison.Ordinal);

        Assert.Equal(8, watched.TakeChanges().Count);
        Assert.Equal(0, watched.Store.Reader.ReadSnapshot(default).Pending.UnapprovedRemovals);
        Assert.Equal([(IgnoredBecause.RemovedNotChosen, 8L)], Ignored(watched));
    }

    [Fact]
    public async Task The_choice_holds_for_a_baseline_too()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Choose(ChangeKind.Updated);
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.BaselineRead(Users: 1, Guests: 1, Changes: 0), await watched.PollAsync());
        Assert.Empty(watched.TakeChanges());
    }
}
