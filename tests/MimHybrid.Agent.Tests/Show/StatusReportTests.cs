using MimHybrid.Agent.Show;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>What an administrator reads first: what the agent does now, or does next, or would do.</summary>
public sealed class StatusReportTests
{
    private static readonly DateTimeOffset noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);
    private static readonly Holder somebody = new(4711, @"CONTOSO\MIMSyncUser", noon.AddHours(-5));
    private static readonly RecordedDecision runs = new("Run", noon, "GuestChanges runs ChangeDriven: 1 guest change (1 added) pending", noon);
    private static readonly RecordedDecision waits = new("Wait", noon.AddHours(1), "no guest changes pending; FallbackCycle is due at 13:00:00", noon);
    private static readonly RecordedDecision holds = new("Hold", null, "60 guests were removed in the tenant", noon);

    [Fact]
    public void A_cycle_in_progress_is_what_happens_now_and_not_what_comes_next() =>
        Assert.Contains("Now         GuestChanges runs ChangeDriven: 1 guest change (1 added) pending", Lines(Report(somebody, runs, CycleOutcome.Running)));

    [Fact]
    public void An_agent_between_cycles_says_what_comes_next_and_when() =>
        Assert.Contains("Next        wait until 2026-11-26 13:00:00: no guest changes pending; FallbackCycle is due at 13:00:00", Lines(Report(somebody, waits, CycleOutcome.Succeeded)));

    [Fact]
    public void What_waits_for_a_person_has_no_end_of_its_own() =>
        Assert.Contains("Next        hold: 60 guests were removed in the tenant", Lines(Report(somebody, holds, CycleOutcome.Stopped)));

    [Fact]
    public void Without_an_agent_it_is_what_one_would_do_however_the_last_one_ended() =>
        Assert.Contains("If started  GuestChanges runs ChangeDriven: 1 guest change (1 added) pending", Lines(Report(holder: null, runs, CycleOutcome.Running)));

    [Fact]
    public void Somebody_elses_words_in_a_failure_forge_no_line()
    {
        var report = Report(somebody, waits, CycleOutcome.Failed);
        Assert.Contains(
            "            AADMA: no·[31m way·Agent       all well",
            Lines(report with { LastCycle = report.LastCycle! with { Failure = "AADMA: no\u001b[31m way\nAgent       all well" } }));
    }

    [Fact]
    public void Accounts_that_a_directory_refuses_are_named_with_its_text_and_what_to_do()
    {
        var account = new RefusedAccount(
            "CN=Lena Brandt,OU=Guests", "permission-issue", "8344 Insufficient\naccess rights.", noon.AddHours(-2));
        var lines = Lines(Report(somebody, waits, CycleOutcome.Succeeded) with
        {
            Refused = [new RefusedExports("ADMA", 3, [account]), new RefusedExports("LDAP", 0, [])],
        });

        var at = Array.FindIndex(lines, line => line.StartsWith("Refused", StringComparison.Ordinal));
        Assert.StartsWith("Refused     3 accounts by the directory of ADMA: mend the cause", lines[at], StringComparison.Ordinal);
        Assert.Equal(
            "            Lena Brandt: permission-issue 8344 Insufficient·access rights., since 2026-11-26 10:00:00", lines[at + 1]);
        Assert.Equal("            and 2 more (--json has up to 1)", lines[at + 2]);
        Assert.DoesNotContain(
            Lines(Report(somebody, waits, CycleOutcome.Succeeded)), line => line.StartsWith("Refused", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "0 seconds")]
    [InlineData(1, "1 second")]
    [InlineData(59, "59 seconds")]
    [InlineData(60, "1 minute")]
    [InlineData(5400, "1.5 hours")]
    [InlineData(129600, "1.5 days")]
    public void Ages_read_as_a_person_says_them(int seconds, string age) =>
        Assert.Contains(Lines(Report(somebody, waits, CycleOutcome.Succeeded) with { CursorObtainedAt = noon.AddSeconds(-seconds) }), line => line.StartsWith($"Cursor      {age} old (", StringComparison.Ordinal));

    /// <summary>A large tenant takes half an hour: who looks meanwhile must not think that nothing happens.</summary>
    [Fact]
    public void While_the_tenant_is_read_for_the_first_time_it_says_how_far_that_is()
    {
        var report = First(new Baseline("a link", "a fingerprint", noon.AddMinutes(-2), Pages: 210, Users: 42000, Guests: 17));
        Assert.Contains("Graph       the first reading of the tenant is under way", Lines(report));
        Assert.Contains("Cursor      none: the tenant is read as a whole, 210 pages, 42000 users, 17 guests so far", Lines(report));
        Assert.Contains("\"reading\":{\"pages\":210,\"users\":42000,\"guests\":17}", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Before_it_begins_it_says_what_will_be()
    {
        Assert.Contains("Graph       not asked yet", Lines(First(reading: null)));
        Assert.Contains("Cursor      none: the tenant will be read as a whole", Lines(First(reading: null)));
        Assert.Contains("\"reading\":null", First(reading: null).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_is_there_and_does_nothing_is_not_called_well()
    {
        var beats = new[] { new Heartbeat(AgentLoop.Poller, noon.AddMinutes(-14), noon.AddMinutes(-13)), new Heartbeat(AgentLoop.Cycles, noon, noon.AddMinutes(1)) };
        var report = Report(somebody, waits, CycleOutcome.Succeeded) with
        {
            Silence = SilenceText.Of(beats, noon),
            Polls = new PollHealth(noon.AddMinutes(-14), noon.AddMinutes(-14), null, 0, null),
        };
        Assert.Contains(Lines(report), line => line.Contains("the agent runs, but has not looked at the tenant for 14 minutes. End process 4711", StringComparison.Ordinal));
        Assert.Contains("Graph       last asked 14 minutes ago", Lines(report));
        Assert.Null(SilenceText.OfCycles(beats, noon));
        Assert.Contains("all well", string.Join('\n', Lines(report with { Silence = null })), StringComparison.Ordinal);
    }

    private static StatusReport First(Baseline? reading) => Report(somebody, waits, CycleOutcome.Succeeded) with { LastCycle = null, Reading = reading };

    private static string[] Lines(StatusReport report) => report.ToText(TimeZoneInfo.Utc).Split(Environment.NewLine);

    private static StatusReport Report(Holder? holder, RecordedDecision next, CycleOutcome last) => new()
    {
        Now = noon,
        Holder = holder,
        Snapshot = new AgentSnapshot { BootedAt = noon.AddDays(-1) },
        Next = next,
        LastCycle = new CycleRecord { Id = 4, Function = "GuestChanges", Trigger = TriggerKind.GraphDelta, Sequence = "ChangeDriven", Reason = "", StartedAt = noon, Outcome = last },
    };
}
