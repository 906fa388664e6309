using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>Requests, exports and approvals, where one word of a statement decides.</summary>
public sealed class CycleRowsTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private int position;

    [Fact]
    public void A_cycle_serves_no_request_that_was_taken_back()
    {
        var (stands, withdrawn) = (Request("Full"), Request("Full"));
        Store.Requests.WithdrawForcedRun(withdrawn, Noon);

        var cycle = BeginForced();

        Assert.Equal((cycle, null), (Read(stands).Cycle, Read(withdrawn).Cycle));
    }

    [Fact]
    public void Those_who_leave_the_sequence_to_the_agent_are_served_together()
    {
        var (one, other, full) = (Request(null), Request(null), Request("Full"));

        var cycle = BeginForced();

        Assert.Equal((cycle, cycle, null), (Read(one).Cycle, Read(other).Cycle, Read(full).Cycle));
    }

    [Fact]
    public void A_request_that_is_served_cannot_be_taken_back()
    {
        var request = Request("Full");
        var cycle = BeginForced();

        Store.Requests.WithdrawForcedRun(request, Noon);

        Assert.Equal((cycle, false), (Read(request).Cycle, Read(request).IsWithdrawn));
    }

    [Fact]
    public void A_refusal_stays_whatever_is_answered_to_others()
    {
        var (refused, waiting) = (Request("Nonsense"), Request("Full"));
        Store.Requests.AnswerForcedRuns(refused, new ForcedAnswer(ForcedAnswerKind.Refused, "there is none"));

        Store.Requests.AnswerForcedRuns(null, new ForcedAnswer(ForcedAnswerKind.Waiting, "a window is open", Noon));

        Assert.Equal(
            (ForcedAnswerKind.Refused, ForcedAnswerKind.Waiting), (Read(refused).Answer!.Kind, Read(waiting).Answer!.Kind));
    }

    [Fact]
    public void Whoever_stops_waiting_for_the_agents_end_takes_back_nobody_elses_stop()
    {
        var (mine, others) = (Store.Requests.RequestStop("ada", Noon), Store.Requests.RequestStop("bob", Noon));

        Store.Requests.WithdrawStop(mine, Noon);

        Assert.Equal((false, true), (Store.Requests.IsStopOpen(mine), Store.Requests.IsStopOpen(others)));
    }

    [Fact]
    public void What_is_exported_after_an_import_has_to_be_confirmed_and_the_deletions_of_both_exports_count()
    {
        var cycle = Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        End(cycle, "Export", StepKind.Export, deletes: 2);
        End(cycle, "Delta Import (Stage Only)", StepKind.Import);
        Assert.False(Store.Cycles.HasExportToConfirm("ADMA", StepKind.Import));

        End(cycle, "Export", StepKind.Export, deletes: 3);

        Assert.True(Store.Cycles.HasExportToConfirm("ADMA", StepKind.Import));
        Assert.Equal(5, Store.Cycles.CountUnconfirmedDeletes("ADMA"));
    }

    /// <summary>Neither says anything of the sync server; a pause for it would hold up what was approved or forced since.</summary>
    [Theory]
    [InlineData(StoppedBy.Person)]
    [InlineData(StoppedBy.RemovalGuard)]
    public void A_cycle_that_a_person_or_the_guard_stopped_is_no_failure(StoppedBy stoppedBy)
    {
        Run("Full", new CycleEnd(CycleOutcome.Stopped, "why", NeedsPerson: true) { StoppedBy = stoppedBy });
        Assert.Empty(Store.Reader.ReadSnapshot(Noon).Failures);
    }

    [Fact]
    public void A_persons_stop_is_behind_the_next_cycle_whatever_becomes_of_that()
    {
        Run("Full", new CycleEnd(CycleOutcome.Stopped, "why") { StoppedBy = StoppedBy.Person });
        Assert.NotNull(Store.Reader.ReadSnapshot(Noon).PersonsStop);
        Run("ChangeDriven", new CycleEnd(CycleOutcome.Failed, "why"));
        Assert.Null(Store.Reader.ReadSnapshot(Noon).PersonsStop);
    }

    [Fact]
    public void The_last_good_cycle_of_each_sequence_stays_for_the_timers_to_count_from()
    {
        var good = new CycleEnd(CycleOutcome.Succeeded);
        long[] cycles = [Run("Full", good), Run("ChangeDriven", good), Run("changedriven", good)];

        Assert.Equal(1, Store.Cycles.TrimRunLog(Noon.AddDays(1), most: 10));
        Assert.Equal([cycles[0], cycles[2]], Store.Reader.ReadLog(new RunLogQuery()).Select(cycle => cycle.Id));
    }

    /// <summary>Cut off is not ended: the next takes it up at once.</summary>
    [Fact]
    public void A_cycle_that_was_cut_off_needs_no_rest_before_the_next()
    {
        Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        Store.Cycles.AbandonRunningCycles(_ => "a crash", Noon);
        Assert.Empty(Store.Reader.ReadSnapshot(Noon).LastEnded);
    }

    private long Request(string? sequence) => Store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, Noon);

    private ForcedRequestState Read(long request) => Store.Requests.ReadForcedRun(request)!;

    private long BeginForced() => Store.Cycles.BeginCycle(
        new CycleStart("ForcedRun", TriggerKind.Command, "Full", "a test", Store.Reader.ReadSnapshot(Noon).Forced), Noon);

    private long Run(string sequence, CycleEnd end)
    {
        var cycle = Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, sequence, "a test", null), Noon);
        Store.Cycles.EndCycle(cycle, end, Noon);
        return cycle;
    }

    private void End(long cycle, string profile, StepKind kind, long? deletes = null)
    {
        var step = new PlannedStep(++position, "ADMA", profile, kind);
        Store.Cycles.BeginStep(cycle, step, firstImport: false, Noon);
        var record = new StepRecord { Position = position, ManagementAgent = "ADMA", RunProfile = profile, Result = "success" };
        Store.Cycles.EndStep(cycle, new StepEnd(step, record) { EndedWell = true, ExportedDeletes = deletes });
    }
}
