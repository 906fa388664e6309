using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>The rows below the verdict: what the agent does now, or does next, or would do.</summary>
public sealed class StatusReportTests
{
    [Theory]
    [InlineData(CycleOutcome.Succeeded, 0, ExitCode.Done)]
    [InlineData(CycleOutcome.SucceededWithFindings, 0, ExitCode.Done)]
    [InlineData(CycleOutcome.SucceededWithFindings, 1, ExitCode.CycleFailed)]
    [InlineData(CycleOutcome.Failed, 0, ExitCode.CycleFailed)]
    public void A_script_that_forced_a_cycle_is_told_of_a_refused_account(CycleOutcome outcome, long refused, int code) => Assert.Equal(code, OneRound.ExitCodeOf(
        Scenes.Cycle(outcome, new StepRecord { Position = 1, ManagementAgent = "ADMA", RunProfile = "Export", Result = "completed-export-errors", Refused = refused }),
        CancellationToken.None));

    private static readonly RecordedDecision runs =
        new("Run", Scenes.Noon, "GuestChanges runs ChangeDriven: 1 guest change (1 added) pending", Scenes.Noon);

    [Fact]
    public void A_cycle_in_progress_is_what_happens_now_and_not_what_comes_next() => Assert.Contains(
        "Next    now: GuestChanges runs ChangeDriven: 1 guest change (1 added) pending",
        Lines(Scenes.Well with { Next = runs, LastCycle = Scenes.Cycle(CycleOutcome.Running) }));

    [Fact]
    public void Without_an_agent_it_is_what_one_would_do_however_the_last_one_ended() => Assert.Contains(
        "Next    if started: GuestChanges runs ChangeDriven: 1 guest change (1 added) pending",
        Lines(Scenes.NoAgent with { Next = runs, LastCycle = Scenes.Cycle(CycleOutcome.Running) }));

    [Fact]
    public void Somebody_elses_words_forge_no_line()
    {
        var report = Scenes.Facts(Scenes.DeadConnection, facts => facts with
        {
            Polls = facts.Polls! with { Error = "no\u001b[31m way\nAgent   all well" },
        });
        Assert.Contains("  no·[31m way·Agent   all well", Lines(report));
    }

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(59, "59 s")]
    [InlineData(60, "1 min")]
    [InlineData(5400, "90 min")]
    [InlineData(9000, "2.5 hours")]
    [InlineData(86400, "24 hours")]
    [InlineData(259200, "3 days")]
    public void Ages_read_as_a_person_says_them(int seconds, string age) => Assert.Equal(age, Ago.Span(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void What_is_not_known_to_be_well_is_not_called_well()
    {
        foreach (var report in new[] { Scenes.Refused, Scenes.Held, Scenes.DeadConnection, Scenes.NoCredentials, Scenes.NoAgent, Scenes.Silent })
        {
            Assert.Equal(VerdictKind.Open, report.Verdict.Kind);
            Assert.DoesNotContain(Lines(report), line => line.Contains("ll well", StringComparison.Ordinal));
            Assert.All(report.Verdict.Open, matter => Assert.NotEmpty(matter.Do));
        }

        Assert.StartsWith("All well", Lines(Scenes.Well)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_who_does_not_count_any_more_is_not_called_removed()
    {
        var reset = Scenes.Lena with { Kind = ChangeKind.Updated, LeftBecause = IgnoredBecause.NotAccepted };
        var text = string.Join('\n', Lines(Scenes.Facts(Scenes.Well, facts => facts with { Pending = [reset] }), verbose: true));
        Assert.Contains("no longer counted (invitation not accepted) Lena Brandt <lena.brandt@fabrikam.example>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("removed", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_names_who_waits_for_a_new_reading()
    {
        Assert.Contains(@"        the next poll reads the whole tenant again; CONTOSO\anna asked for that", Lines(Scenes.Well with { ResyncAskedBy = @"CONTOSO\anna" }));
        Assert.DoesNotContain(Lines(Scenes.Well), line => line.Contains("asked for", StringComparison.Ordinal));
    }

    private static string[] Lines(StatusReport report, bool verbose = false) =>
        new StatusText(report).ToSheet(verbose).ToString().Split(Environment.NewLine);
}
