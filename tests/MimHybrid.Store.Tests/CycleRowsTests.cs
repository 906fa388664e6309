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

    public void Dispose()
    {
        store.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private long Request(string? sequence) => store.Requests.RequestForcedRun(sequence, "ada", pastWindow: false, Noon);

    private ForcedRequestState Read(long request) => store.Requests.ReadForcedRun(request)!;

    private long BeginForced() => store.Cycles.BeginCycle(
        new CycleStart("ForcedRun", TriggerKind.Command, "Full", "a test", store.Reader.ReadSnapshot(Noon).Forced), Noon);

    private void End(long cycle, string profile, StepKind kind, long? deletes = null)
    {
        var step = new PlannedStep(++position, "ADMA", profile, kind);
        store.Cycles.BeginStep(cycle, step, firstImport: false, Noon);
        var record = new StepRecord { Position = position, ManagementAgent = "ADMA", RunProfile = profile, Result = "success" };
        store.Cycles.EndStep(cycle, new StepEnd(step, record) { EndedWell = true, ExportedDeletes = deletes });
    }
}
