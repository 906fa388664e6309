using System.Globalization;
using Microsoft.Extensions.Logging;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>What delta does not tell is found by comparing, slowly (MimHybrid.Graph/README.md#drift).</summary>
public sealed class DriftTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly SandboxTenantOptions Silent = new()
    {
        AccessTokenLifetime = TimeSpan.FromDays(365),
        Pages = new PageShape { SilentRestores = true },
    };

    private static async Task<WatchedTenant> StartWithGuestsAsync(int guests = 3, SandboxTenantOptions? options = null)
    {
        var watched = await WatchedTenant.StartAsync(options ?? Silent);
        for (var number = 1; number <= guests; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();
        watched.Tenant.Requests.Clear();
        return watched;
    }

    /// <summary>
    /// The agent takes guests for deleted who are back without a word, as reported of Graph
    /// (MimHybrid.Graph/README.md#deletions-and-restores).
    /// </summary>
    private static async Task RestoreSilentlyAsync(WatchedTenant watched, int count = 1)
    {
        var guests = watched.People.Guests.Take(count).ToList();
        foreach (var guest in guests) watched.People.Delete(guest.Id);
        await watched.PollAsync();
        watched.TakeChanges();
        foreach (var guest in guests) watched.People.Restore(guest.Id);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    /// <summary>The agent knows guests who are not there, as if delta had missed their deletion.</summary>
    private static void KnowToo(WatchedTenant watched, params IEnumerable<string> ids) => watched.Store.Guests.CommitRound(new DeltaRound
    {
        Cursor = watched.Store.Guests.ReadCursor()!,
        Remembered = [.. ids.Select(id => new Guest(id, GuestState.Live, "digest", "Gone", null, watched.Clock.GetUtcNow()))],
    });

    private static int CountRequests(WatchedTenant watched, string path) => watched.Tenant.Requests.Count(request => request.Path == path);

    [Fact]
    public async Task A_silent_restore_is_found_after_a_day()
    {
        await using var watched = await StartWithGuestsAsync();
        await RestoreSilentlyAsync(watched);
        watched.Clock.Advance(Day);
        Assert.Equal(new PollResult.Changed(0, 0, 0, 1), await watched.PollAsync());
        Assert.Equal(ChangeKind.Restored, Assert.Single(watched.TakeChanges()).Kind);
        Assert.Equal(1, watched.Logs.Count(2063));
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(1, CountRequests(watched, "/v1.0/users"));
    }

    [Fact]
    public async Task A_missed_deletion_is_found_and_named()
    {
        await using var watched = await StartWithGuestsAsync();
        KnowToo(watched, "00000000-1111-2222-3333-444444444444");
        watched.Clock.Advance(Day);
        Assert.Equal(new PollResult.Changed(0, 0, 1, 0), await watched.PollAsync());
        Assert.Equal((ChangeKind.Removed, "Gone"), Assert.Single(watched.TakeChanges()) is var change ? (change.Kind, change.Name) : default);
    }

    [Fact]
    public async Task The_cursor_stays_and_all_guests_who_agree_are_left_alone()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Clock.Advance(Day);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(2, watched.Tenant.Requests.Count(request => !request.IsTokenRequest));
        Assert.Equal(1, watched.Logs.Count(2062));
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
    }

    [Fact]
    public async Task A_list_that_lags_removes_nobody()
    {
        await using var watched = await StartWithGuestsAsync(options: Silent with { ReadLag = TimeSpan.FromMinutes(5) });
        await watched.PollAsync();
        watched.Clock.Advance(Day);
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        Assert.Equal(new PollResult.Changed(1, 0, 0, 0), await watched.PollAsync());
        Assert.Equal((4, 0), (watched.Store.Reader.CountLiveGuests(), watched.Logs.Count(2063)));
    }

    [Fact]
    public async Task Counts_that_disagree_twice_bring_it_forward()
    {
        await using var watched = await StartWithGuestsAsync();
        await RestoreSilentlyAsync(watched);
        watched.Clock.Advance(Hour);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal((1, 0), (CountRequests(watched, "/v1.0/users/$count"), CountRequests(watched, "/v1.0/users")));

        watched.Clock.Advance(Hour);
        Assert.Equal(new PollResult.Changed(0, 0, 0, 1), await watched.PollAsync());
        Assert.Equal(1, watched.Logs.Count(2060));
    }

    [Fact]
    public async Task A_count_that_never_agrees_does_not_compare_every_two_hours()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.Faults.Next(
            new Fault.Answer(200, "\uFEFF5", "text/plain"), 12, request => request.Path.EndsWith("$count", StringComparison.Ordinal));
        for (var hour = 1; hour <= 12; hour++)
        {
            watched.Clock.Advance(Hour);
            Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        }

        Assert.Equal((12, 1), (CountRequests(watched, "/v1.0/users/$count"), CountRequests(watched, "/v1.0/users")));
    }

    [Fact]
    public async Task What_keeps_it_from_its_answer_does_not_spoil_the_poll_and_is_told_once()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.Faults.Next(Fault.Throttled(3600), 2, request => request.Path == "/v1.0/users");
        watched.Clock.Advance(Day);
        for (var poll = 0; poll < 3; poll++) Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal(1, CountRequests(watched, "/v1.0/users"));

        watched.Clock.Advance(Hour);
        await watched.PollAsync();
        watched.Clock.Advance(Hour);
        await watched.PollAsync();
        Assert.Equal((3, 1, 1), (CountRequests(watched, "/v1.0/users"), watched.Logs.Count(2061), watched.Logs.Count(2062)));
    }

    /// <summary>What was not looked at is not settled: it must not wait for the next comparison, a day later.</summary>
    [Fact]
    public async Task A_look_at_a_user_that_is_refused_ends_the_comparison_without_an_answer_and_it_is_made_again()
    {
        const string gone = "00000000-1111-2222-3333-444444444444";
        await using var watched = await StartWithGuestsAsync();
        KnowToo(watched, gone);
        watched.Tenant.Faults.Next(Fault.Throttled(60), 1, request => request.Path == $"/v1.0/users/{gone}");
        watched.Clock.Advance(Day);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Empty(watched.TakeChanges());

        watched.Clock.Advance(Hour);
        Assert.Equal(new PollResult.Changed(0, 0, 1, 0), await watched.PollAsync());
    }

    [Theory]
    [InlineData(23, 2)]
    [InlineData(24, 3)]
    public async Task A_comparison_that_was_cut_off_goes_on_within_a_day_and_then_begins_anew(int hours, int pages)
    {
        await using var watched = await StartWithGuestsAsync(5, Silent with { LargestListPage = 2, SkipTokenLifetime = TimeSpan.FromDays(7) });
        watched.Clock.Advance(Day);
        watched.FailLaterPage(new Fault.Reset());
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());

        watched.Tenant.Requests.Clear();
        watched.Clock.Advance(hours * Hour);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal((pages, 1), (CountRequests(watched, "/v1.0/users"), watched.Logs.Count(2062)));
    }

    [Fact]
    public async Task A_difference_that_a_look_at_the_user_does_not_confirm_is_none()
    {
        await using var watched = await StartWithGuestsAsync();
        var listed = watched.People.Guests.Skip(1).Select(guest => $$"""{"id":"{{guest.Id}}","userType":"Guest"}""");
        watched.Tenant.Faults.Next(Fault.Page($$"""{"value":[{{string.Join(',', listed)}}]}"""), when: request => request.Path == "/v1.0/users");
        watched.Clock.Advance(Day);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.All(watched.People.Guests, guest => Assert.Equal(1, watched.CountReadsOf(guest.Id)));
        Assert.Contains("3 differences, none of them confirmed", watched.Logs.Lines.Single(line => line.Id == 2062).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_missing_at_once_have_to_be_missing_twice()
    {
        await using var watched = await StartWithGuestsAsync();
        KnowToo(watched, Enumerable.Range(0, 120).Select(number => number.ToString("D36", CultureInfo.InvariantCulture)));
        watched.Clock.Advance(Day);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
        Assert.Equal((1, 123), (watched.Logs.Count(2064), watched.Store.Reader.CountLiveGuests()));

        watched.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(new PollResult.Changed(0, 0, 120, 0), await watched.PollAsync());
        Assert.Equal(3, watched.Store.Reader.CountLiveGuests());
    }

    [Fact]
    public async Task More_than_a_hundred_differences_are_believed_without_reading_each()
    {
        await using var watched = await StartWithGuestsAsync(guests: 120);
        await RestoreSilentlyAsync(watched, count: 110);
        watched.Tenant.Requests.Clear();
        watched.Clock.Advance(Day);
        Assert.Equal(new PollResult.Changed(0, 0, 0, 110), await watched.PollAsync());
        Assert.Equal(2, watched.Tenant.Requests.Count(request => !request.IsTokenRequest));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Restart(settings => settings.ReconcileEvery = TimeSpan.Zero);
        watched.Clock.Advance(TimeSpan.FromDays(5));
        await watched.PollAsync();
        Assert.Single(watched.Tenant.Requests.All, request => !request.IsTokenRequest);
    }

    [Fact]
    public async Task Three_days_without_a_round_are_an_error_that_is_raised_once_each_time()
    {
        await using var watched = await StartWithGuestsAsync();
        watched.Tenant.Faults.Outage = true;
        for (var day = 1; day <= 2; day++) Assert.DoesNotContain("since", await FailAfterADayAsync(), StringComparison.Ordinal);
        for (var day = 3; day <= 5; day++) Assert.Contains("No guest change could be read since 2026-11-22 08:00 UTC.", await FailAfterADayAsync(), StringComparison.Ordinal);
        Assert.Equal(LogLevel.Error, Assert.Single(watched.Logs.Lines, line => line.Id == 2065).Level);

        watched.Tenant.Faults.Outage = false;
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());

        watched.Tenant.Faults.Outage = true;
        for (var day = 1; day <= 4; day++) await FailAfterADayAsync();
        Assert.Equal(2, watched.Logs.Count(2065));

        async Task<string> FailAfterADayAsync()
        {
            watched.Clock.Advance(Day);
            return (await watched.PollInVainAsync()).Sentence;
        }
    }
}
