using CsCheck;
using MimHybrid.Alerts.Planning;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Planning;

/// <summary>What is told, and when: by hand for each rule, and on virtual months with random troubles.</summary>
public sealed class AlertPlannerTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly AlertDiary diary = new(new AlertRules());

    [Fact]
    public void A_passing_trouble_is_not_told()
    {
        diary.Live("refused/ADMA", 4);
        diary.Live(null, 120);
        Assert.Empty(diary.Told);
    }

    [Fact]
    public void A_lasting_one_is_told_once_reminded_of_after_a_day_and_each_week_and_its_end_is_told()
    {
        diary.Live("refused/ADMA", (9 * 24 * 60) + 5);
        diary.Live(null, 30);

        Assert.Equal(
            [(AlertNoticeKind.Begin, 5), (AlertNoticeKind.Reminder, 5 + (24 * 60)), (AlertNoticeKind.Reminder, 5 + (8 * 24 * 60)), (AlertNoticeKind.End, (9 * 24 * 60) + 5 + 10)],
            diary.Told.Select(told => (told.Kind, told.Minute)));
    }

    /// <summary>"It came a hundred times": twice, whatever it does within the hour, and its end once it stays away.</summary>
    [Fact]
    public void A_trouble_that_comes_and_goes_is_one_alert()
    {
        for (var time = 0; time < 20; time++)
        {
            diary.Live("refused/ADMA", 10);
            diary.Live(null, 20);
        }

        diary.Live(null, 120);
        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.End, AlertNoticeKind.Back, AlertNoticeKind.End], diary.Told.Select(told => told.Kind));
        Assert.Single(diary.Alerts);
    }

    [Fact]
    public void A_relapse_after_the_hour_is_a_new_alert()
    {
        diary.Live("refused/ADMA", 10);
        diary.Live(null, 90);
        diary.Live("refused/ADMA", 10);
        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.End, AlertNoticeKind.Begin], diary.Told.Select(told => told.Kind));
        Assert.Equal(2, diary.Alerts.Count);
    }

    /// <summary>The second guest whom a directory refuses waits for no reminder of the first.</summary>
    [Fact]
    public void Each_object_that_joins_the_others_is_told_once()
    {
        diary.Objects.Add(Refused("Lena", minute: 0));
        diary.Live("refused/ADMA", 60);
        diary.Objects.Add(Refused("Max", minute: 60));
        diary.Objects.Add(Refused("Ida", minute: 60));
        diary.Live("refused/ADMA", 60);
        diary.Objects.RemoveAt(0);
        diary.Live("refused/ADMA", 60);

        Assert.Equal([(AlertNoticeKind.Begin, 5), (AlertNoticeKind.More, 65)], diary.Told.Select(told => (told.Kind, told.Minute)));
        Assert.Equal(["Max: permission-issue", "Ida: permission-issue"], diary.Alerts[0].Details);
        Assert.Equal(["2 objects: permission-issue"], diary.Alerts[0].Unnamed);
    }

    [Fact]
    public void An_object_that_joins_for_a_moment_is_not_told()
    {
        diary.Objects.Add(Refused("Lena", minute: 0));
        diary.Live("refused/ADMA", 60);
        diary.Objects.Add(Refused("Max", minute: 60));
        diary.Live("refused/ADMA", 4);
        diary.Objects.RemoveAt(1);
        diary.Live("refused/ADMA", 60);

        Assert.Equal((AlertNoticeKind.Begin, 5), Assert.Single(diary.Told.Select(told => (told.Kind, told.Minute))));
    }

    private static MatterObject Refused(string name, int minute) =>
        new($"CN={name},OU=Guests", Start.AddMinutes(minute), $"{name}: permission-issue", "permission-issue");

    [Fact]
    public void Nothing_is_told_of_what_is_kept_quiet_and_the_end_of_that_is_not_told_either()
    {
        diary.Live("refused/ADMA", 10);
        diary.Snooze(minutes: 3 * 24 * 60);
        diary.Live("refused/ADMA", 2 * 24 * 60);
        diary.Live(null, 60);
        Assert.Equal([AlertNoticeKind.Begin], diary.Told.Select(told => told.Kind));
        Assert.NotNull(Assert.Single(diary.Alerts).EndedAt);
    }

    [Fact]
    public void After_the_snooze_a_trouble_that_lasts_is_told_again()
    {
        diary.Live("refused/ADMA", 10);
        diary.Snooze(minutes: 2 * 24 * 60);
        diary.Live("refused/ADMA", (2 * 24 * 60) + 5);
        Assert.Equal([(AlertNoticeKind.Begin, 5), (AlertNoticeKind.Reminder, 10 + (2 * 24 * 60))], diary.Told.Select(told => (told.Kind, told.Minute)));
    }

    [Fact]
    public void A_maintenance_window_keeps_all_quiet_but_what_would_not_wait_for_its_end()
    {
        diary.Live(["refused/ADMA", "tenant/credential"], 60, inMaintenance: true);
        Assert.Equal(["tenant/credential"], diary.Told.Select(told => told.Matter));
        diary.Live(["refused/ADMA", "tenant/credential"], 1);
        Assert.Equal(["tenant/credential", "refused/ADMA"], diary.Told.Select(told => told.Matter));
    }

    [Fact]
    public void What_is_told_at_the_same_time_has_the_probable_cause_first()
    {
        diary.Live(["tenant/unread", "finding/AADMA/Delta Import"], 16);
        Assert.Equal(["finding/AADMA/Delta Import", "tenant/unread"], diary.Told.Select(told => told.Matter));
        Assert.Equal([0, 0], diary.Told.Select(told => told.Place));
    }

    [Fact]
    public void A_credential_is_told_of_at_once_a_week_before_its_end_a_day_before_and_at_its_end()
    {
        diary.Deadline = Start.AddDays(20);
        diary.Live("tenant/credential", 22 * 24 * 60);
        Assert.Equal([0, 13, 19, 20], diary.Told.Select(told => told.Minute / 24 / 60));
        Assert.Equal([AlertNoticeKind.Begin, AlertNoticeKind.Reminder, AlertNoticeKind.Reminder, AlertNoticeKind.Reminder], diary.Told.Select(told => told.Kind));
    }

    /// <summary>An agent that starts again does not wait a second time for what was so before.</summary>
    [Fact]
    public void What_has_lasted_longer_than_its_wait_is_told_at_the_first_look()
    {
        diary.Since = Start.AddHours(-3);
        diary.Live("tenant/unread", 1);
        Assert.Equal((AlertNoticeKind.Begin, 0), Assert.Single(diary.Told.Select(told => (told.Kind, told.Minute))));
    }

    /// <summary>
    /// Against what a person would count: stretches of trouble, with gaps shorter than the calm taken as none, told where they are longer
    /// than the wait.
    /// </summary>
    [Fact]
    public void On_random_months_each_trouble_longer_than_its_wait_is_told_once_and_none_shorter() =>
        Gen.Select(Gen.Int[1, 60], Gen.OneOf(Gen.Int[1, 9], Gen.Int[71, 600])).Array[1, 25].Sample(
            spells =>
            {
                var lived = new AlertDiary(new AlertRules());
                foreach (var (trouble, calm) in spells)
                {
                    lived.Live("refused/ADMA", trouble);
                    lived.Live(null, calm);
                }

                lived.Live(null, 200);
                var expected = Stretches(spells).Count(stretch => stretch.Told);
                Assert.Equal(expected, lived.Told.Count(told => told.Kind == AlertNoticeKind.Begin));
                Assert.Equal(expected, lived.Told.Count(told => told.Kind == AlertNoticeKind.End));
                Assert.DoesNotContain(lived.Told, told => told.Kind is AlertNoticeKind.Back or AlertNoticeKind.Reminder);
            },
            iter: 200);

    /// <summary>A trouble that was not told yet is forgotten by its first gap; one that was goes on through short ones.</summary>
    private static List<(int Minutes, bool Told)> Stretches((int Trouble, int Calm)[] spells)
    {
        List<(int, bool)> stretches = [];
        var told = false;
        foreach (var (trouble, calm) in spells)
        {
            told = told || trouble > 5;
            if (told && calm < 10) continue;
            stretches.Add((trouble, told));
            told = false;
        }

        if (told) stretches.Add((0, true));
        return stretches;
    }
}
