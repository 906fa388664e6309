using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>When pending changes start a cycle: soon for a guest who waits, later for what nobody waits for.</summary>
public sealed class SettlingTests
{
    [Fact]
    public void A_guest_who_came_waits_for_the_settle_time_only() =>
        Assert.Equal(Noon.AddSeconds(5), Settling(Quiet.With(added: 1, secondsAgo: 5)).Until);

    [Fact]
    public void Removals_and_edits_wait_for_a_guest_to_come()
    {
        var wait = Settling(Quiet.With(removed: 2, secondsAgo: 300));
        Assert.Equal(Noon.AddMinutes(15), wait.Until);
        Assert.Equal("2 guest changes (2 removed) pending; they run at 12:15:00, or sooner with a guest who comes", wait.Reason);
        Assert.Equal(Noon.AddMinutes(15), Settling(Pending((ChangeKind.Updated, 300))).Until);
        Assert.IsType<Decision.Run>(Quiet.With(removed: 2, secondsAgo: 1200).Decide());
    }

    [Fact]
    public void A_guest_who_comes_takes_the_removals_and_edits_along()
    {
        var both = Pending((ChangeKind.Updated, 900), (ChangeKind.Restored, 1));
        Assert.Equal(Noon.AddSeconds(9), Settling(both).Until);
        Assert.Equal("2 guest changes (1 updated, 1 restored) pending", Assert.IsType<Decision.Run>(both.Decide(now: Noon.AddSeconds(9))).Reason);
    }

    [Fact]
    public void However_long_an_edit_has_waited_the_guests_who_come_are_gathered_as_always()
    {
        var burst = Pending((ChangeKind.Updated, 1100), (ChangeKind.Added, 280), (ChangeKind.Added, 0));
        Assert.Equal(Noon.AddSeconds(10), Settling(burst).Until);
        Assert.IsType<Decision.Run>(burst.Decide(now: Noon.AddSeconds(20)));
        var longer = Pending((ChangeKind.Updated, 1100), (ChangeKind.Added, 295), (ChangeKind.Added, 0));
        Assert.Equal(Noon.AddSeconds(5), Settling(longer).Until);
    }

    [Fact]
    public void Who_sets_the_wait_to_nothing_has_removals_carried_at_once() => Assert.IsType<Decision.Run>(
        Quiet.With(removed: 1, secondsAgo: 1).Decide(SettingsWith(s => s.Functions["GuestChanges"].EditsAndRemovalsWait = TimeSpan.Zero)));

    [Fact]
    public void Who_approved_removals_waits_no_longer_than_for_a_guest()
    {
        var approved = Quiet.With(removed: 60, secondsAgo: 15);
        Assert.IsType<Decision.Run>((approved with { Pending = approved.Pending with { UnapprovedRemovals = 0 } }).Decide());
    }

    private static Decision.Wait Settling(AgentSnapshot snapshot)
    {
        var wait = Assert.IsType<Decision.Wait>(snapshot.Decide());
        Assert.Equal(WaitCause.Settling, wait.Cause);
        return wait;
    }

    private static AgentSnapshot Pending(params (ChangeKind Kind, int SecondsAgo)[] changes)
    {
        var times = changes.Select(change => Noon.AddSeconds(-change.SecondsAgo)).ToList();
        return Quiet with
        {
            Pending = new PendingChanges(
                changes.GroupBy(change => change.Kind).ToDictionary(kind => kind.Key, kind => (long)kind.Count()),
                0,
                times.Min(),
                times.Max(),
                changes.Where(change => change.Kind != ChangeKind.Updated).Select(change => (DateTimeOffset?)Noon.AddSeconds(-change.SecondsAgo)).Min()),
        };
    }
}
