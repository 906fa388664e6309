using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>Requests, exports and approvals, where one word of a statement decides.</summary>
public sealed class CycleRowsTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-store-").FullName;
    private readonly AgentStore store;
    private int position;

    public CycleRowsTests() => store = AgentStore.Open(folder);

    [Fact]
    public void A_cycle_serves_no_request_that_was_taken_back()
    {
        var (stands, withdrawn) = (Request("Full"), Request("Full"));
        store.Requests.WithdrawForcedRun(withdrawn, Noon);

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

        store.Requests.WithdrawForcedRun(request, Noon);

        Assert.Equal((cycle, false), (Read(request).Cycle, Read(request).IsWithdrawn));
    }

    [Fact]
    public void A_refusal_stays_whatever_is_answered_to_others()
    {
        var (refused, waiting) = (Request("Nonsense"), Request("Full"));
        store.Requests.AnswerForcedRuns(refused, new ForcedAnswer(ForcedAnswerKind.Refused, "there is none"));

        store.Requests.AnswerForcedRuns(null, new ForcedAnswer(ForcedAnswerKind.Waiting, "a window is open", Noon));

        Assert.Equal(
            (ForcedAnswerKind.Refused, ForcedAnswerKind.Waiting), (Read(refused).Answer!.Kind, Read(waiting).Answer!.Kind));
    }

    [Fact]
    public void Whoever_stops_waiting_for_the_agents_end_takes_back_nobody_elses_stop()
    {
        var (mine, others) = (store.Requests.RequestStop("ada", Noon), store.Requests.RequestStop("bob", Noon));

        store.Requests.WithdrawStop(mine, Noon);

        Assert.Equal((false, true), (store.Requests.IsStopOpen(mine), store.Requests.IsStopOpen(others)));
    }

    [Fact]
    public void What_is_exported_after_an_import_has_to_be_confirmed_and_the_deletions_of_both_exports_count()
    {
        var cycle = store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        End(cycle, "Export", StepKind.Export, deletes: 2);
        End(cycle, "Delta Import (Stage Only)", StepKind.Import);
        Assert.False(store.Cycles.HasExportToConfirm("ADMA", StepKind.Import));

        End(cycle, "Export", StepKind.Export, deletes: 3);

        Assert.True(store.Cycles.HasExportToConfirm("ADMA", StepKind.Import));
        Assert.Equal(5, store.Cycles.CountUnconfirmedDeletes("ADMA"));
    }

    /// <summary>Neither says anything of the sync server; a pause for it would hold up what was approved or forced since.</summary>
    [Theory]
    [InlineData(StoppedBy.Person)]
    [InlineData(StoppedBy.RemovalGuard)]
    public void A_cycle_that_a_person_or_the_guard_stopped_is_no_failure(StoppedBy stoppedBy)
    {
        Run("Full", new CycleEnd(CycleOutcome.Stopped, "why", NeedsPerson: true) { StoppedBy = stoppedBy });
        Assert.Empty(store.Reader.ReadSnapshot(Noon).Failures);
    }

    [Fact]
    public void A_persons_stop_is_behind_the_next_cycle_whatever_becomes_of_that()
    {
        Run("Full", new CycleEnd(CycleOutcome.Stopped, "why") { StoppedBy = StoppedBy.Person });
        Assert.NotNull(store.Reader.ReadSnapshot(Noon).PersonsStop);
        Run("ChangeDriven", new CycleEnd(CycleOutcome.Failed, "why"));
        Assert.Null(store.Reader.ReadSnapshot(Noon).PersonsStop);
    }

    [Fact]
    public void The_last_good_cycle_of_each_sequence_stays_for_the_timers_to_count_from()
    {
        var good = new CycleEnd(CycleOutcome.Succeeded);
        long[] cycles = [Run("Full", good), Run("ChangeDriven", good), Run("changedriven", good)];

        Assert.Equal(1, store.Cycles.TrimRunLog(Noon.AddDays(1), most: 10));
        Assert.Equal([cycles[0], cycles[2]], store.Reader.ReadLog(new RunLogQuery()).Select(cycle => cycle.Id));
    }

    /// <summary>Cut off is not ended: the next takes it up at once.</summary>
    [Fact]
    public void A_cycle_that_was_cut_off_needs_no_rest_before_the_next()
    {
        store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);
        store.Cycles.AbandonRunningCycles(_ => "a crash", Noon);
        Assert.Empty(store.Reader.ReadSnapshot(Noon).LastEnded);
    }

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private long Request(string? sequence) => store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, Noon);

    private ForcedRequestState Read(long request) => store.Requests.ReadForcedRun(request)!;

    private long BeginForced() => store.Cycles.BeginCycle(
        new CycleStart("ForcedRun", TriggerKind.Command, "Full", "a test", store.Reader.ReadSnapshot(Noon).Forced), Noon);

    private long Run(string sequence, CycleEnd end)
    {
        var cycle = store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, sequence, "a test", null), Noon);
        store.Cycles.EndCycle(cycle, end, Noon);
        return cycle;
    }

    private void End(long cycle, string profile, StepKind kind, long? deletes = null)
    {
        var step = new PlannedStep(++position, "ADMA", profile, kind);
        store.Cycles.BeginStep(cycle, step, firstImport: false, Noon);
        var record = new StepRecord { Position = position, ManagementAgent = "ADMA", RunProfile = profile, Result = "success" };
        store.Cycles.EndStep(cycle, new StepEnd(step, record) { EndedWell = true, ExportedDeletes = deletes });
    }
}
