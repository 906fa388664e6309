using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;
using static MimHybrid.Cycles.Tests.Planning.Given;

namespace MimHybrid.Cycles.Tests.Planning;

/// <summary>What the planner says to administrators, whole: these sentences are in the run log, in <c>status</c> and in the event log.</summary>
public sealed class CyclePlannerReasonTests
{
    private const string Approve = "Nothing runs until somebody looks at them and runs: mimhybrid approve removals";

    public static TheoryData<string, Decision> Answers => new()
    {
        {
            $"51 of 151 guests were removed in the tenant; allowed is 50. {Approve}",
            Quiet.With(removed: 51).Decide()
        },
        {
            $"1 of 101 guests was removed in the tenant; allowed is 0. {Approve}",
            Quiet.With(removed: 1).Decide(SettingsWith(s => s.RemovalGuard.Count = 0))
        },
        {
            $"800 deletions are staged by an import on AADMA (found by cycle 12); allowed is 500. {Approve}",
            (Quiet with { HeldStaged = new HeldDeletes(12, "AADMA", 800) }).Decide()
        },
        {
            $"80 deletions wait for export to ADMA (found by cycle 12); allowed is 50. {Approve}",
            (Quiet with { HeldExport = new HeldDeletes(12, "ADMA", 80) }).Decide()
        },
        {
            "the operating system started at 11:46:00; nothing runs before 12:01:00 (BootDelay 00:15:00). Pending: 1 guest change (1 added)",
            (Quiet.With(added: 1) with { BootedAt = Noon.AddMinutes(-14) }).Decide()
        },
        {
            "a maintenance window is open until 14:00:00; pending: no guest changes",
            Quiet.Decide(SettingsWith(s => s.WindowFrom("0 11 * * SUN", hours: 3)))
        },
        {
            "a maintenance window is open until 2026-11-23 11:00:00; pending: no guest changes; a forced run waits too, because it was not asked to run past the window (--past-window)",
            Quiet.Forced().Decide(SettingsWith(s => s.WindowFrom("0 11 * * SUN", hours: 24)))
        },
        {
            "somebody stopped a run of cycle 7 at 11:50:00, so the agent keeps away until 12:20:00 (Backoff:Longest). To go on at once: mimhybrid --force. Pending: no guest changes",
            (Quiet with { PersonsStop = new PersonsStop(7, Noon.AddMinutes(-10)) }).Decide()
        },
        {
            "the last Full cycle ended well at 11:00:00; a Fallback is due every 01:00:00",
            Quiet.LastFull(secondsAgo: 3600).Decide()
        },
        {
            "the last Fallback cycle ended well at 10:59:59; one is due every 01:00:00",
            Quiet.LastFull(secondsAgo: 7 * 3600).LastFallback(secondsAgo: 3601).Decide()
        },
        {
            "the last Full cycle ended well at 2026-11-21 11:00:00; one is due since 04:30:00 (Cron 30 4 * * SUN)",
            Quiet.LastFull(secondsAgo: 25 * 3600).LastFallback(secondsAgo: 3601).Decide()
        },
        {
            "no Full cycle has ended well yet",
            (Quiet with { LastSuccess = new Dictionary<string, DateTimeOffset>() }).Decide()
        },
        {
            "1 guest change (1 added) pending; they run at 12:00:06 unless further ones come",
            Quiet.With(added: 1, secondsAgo: 4).Decide()
        },
        {
            "the last ChangeDriven cycle did not end well: AADMA Delta Import: stopped-server-down. It is tried again at 12:00:23",
            Quiet.With(added: 1).Failed(times: 1, secondsAgo: 5, sequence: "ChangeDriven").Decide()
        },
        {
            "the last 3 Full cycles did not end well, and a person is needed: AADMA Delta Import: stopped-server-down. It is tried again at 12:29:00; guest changes do not wait for it",
            OldFull.LastFallback(secondsAgo: 90).Failed(times: 3, secondsAgo: 60, needsPerson: true, sequence: "Full").Decide()
        },
    };

    /// <summary>How many objects and guests there were is not known any more.</summary>
    [Fact]
    public void What_is_held_by_a_percentage_says_of_what()
    {
        Assert.Equal(
            $"8 deletions are staged by an import on AADMA (found by cycle 12); allowed is 25 % of its objects. {Approve}",
            (Quiet with { HeldStaged = new HeldDeletes(12, "AADMA", 8) }).Decide().Reason);
        Assert.Equal(
            $"8 deletions wait for export to ADMA (found by cycle 12); allowed is 10 % of the guests. {Approve}",
            (Quiet with { HeldExport = new HeldDeletes(12, "ADMA", 8) }).Decide().Reason);
    }

    [Theory]
    [MemberData(nameof(Answers), DisableDiscoveryEnumeration = true)]
    public void An_answer_says_what_happened_when_it_goes_on_and_what_a_person_can_do(string reason, Decision answer) => Assert.Equal(reason, answer.Reason);

    [Fact]
    public void A_person_is_told_once_of_one_trouble_however_often_it_is_tried() =>
        Assert.Equal(
            Hold(times: 3).Trouble,
            Hold(times: 4).Trouble);

    private static Decision.Hold Hold(int times) => Assert.IsType<Decision.Hold>(
        OldFull.LastFallback(secondsAgo: 90).Failed(times, secondsAgo: 60, needsPerson: true, sequence: "Full").Decide());
}
