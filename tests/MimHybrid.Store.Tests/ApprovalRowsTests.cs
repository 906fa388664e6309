using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Tests;

/// <summary>What a person lets pass passes once (src/README.md#statement-6): for how long an approval counts, and for what.</summary>
public sealed class ApprovalRowsTests : StoreTest
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CycleEnd Failed = new(CycleOutcome.Failed, "why");
    private static readonly CycleEnd Good = new(CycleOutcome.Succeeded);

    private int position;

    [Fact]
    public void Deletions_approved_count_to_the_end_of_the_cycle_that_exports_them_and_in_no_later_one()
    {
        Hold(deletes: 3);
        Assert.Equal(3, Approve().ExportDeletes);

        var first = Begin();
        Export(first);
        Assert.Equal(3, CountDeletes(first));
        Store.Cycles.EndCycle(first, Failed, Noon);

        var second = Begin();
        Assert.Equal(0, CountDeletes(second));
        Export(second);
        Assert.Equal(0, CountDeletes(second));
    }

    [Fact]
    public void Deletions_approved_and_never_exported_count_to_the_next_good_cycle()
    {
        Hold(deletes: 3);
        Approve();
        Store.Cycles.EndCycle(Begin(), Failed, Noon);
        Assert.Equal(3, CountDeletes(Begin()));

        Store.Cycles.EndCycle(Begin(), Good, Noon);
        Assert.Equal(0, CountDeletes(Begin()));
    }

    [Fact]
    public void What_was_held_is_held_no_longer_once_a_cycle_has_ended_well()
    {
        Hold(deletes: 3);
        Assert.Equal(3, Store.Reader.ReadSnapshot(Noon).HeldExport!.Deletes);

        Store.Cycles.EndCycle(Begin(), Good, Noon);
        Assert.Null(Store.Reader.ReadSnapshot(Noon).HeldExport);
    }

    /// <summary>The first has its step; the second comes while that step runs, and has not.</summary>
    [Fact]
    public void A_step_takes_with_it_what_was_approved_when_it_began_and_nothing_later()
    {
        Remove("one");
        Approve();
        var first = Begin();
        var export = BeginExport(first);
        Remove("another");
        Approve();
        End(first, export);
        Store.Cycles.EndCycle(first, Failed, Noon);

        var second = Begin();
        Store.Cycles.BeginStep(second, Step("AADMA", "Delta Import (Stage Only)", StepKind.Import), firstImport: true, Noon);
        Assert.Equal(2, Store.Cycles.CountRemovals(second));
        Assert.Equal(1, Store.Cycles.CountApprovedRemovals(second, StepKind.Export, "ADMA"));
    }

    [Fact]
    public void What_came_after_it_was_shown_is_not_approved_with_it()
    {
        Remove("one");
        var shown = Store.Reader.ReadHeldRemovals(most: 10)!;
        Remove("another");

        Assert.Equal(1, Store.Requests.ApproveRemovals(shown, "ada", Noon)!.Removals);
        Assert.Equal(1, Store.Reader.ReadSnapshot(Noon).Pending.UnapprovedRemovals);
    }

    private void Hold(long deletes) => Store.Cycles.EndCycle(
        Begin(),
        new CycleEnd(CycleOutcome.Stopped, "held", NeedsPerson: true)
        {
            StoppedBy = StoppedBy.RemovalGuard,
            HeldOn = "ADMA",
            HeldDeletes = deletes,
        },
        Noon);

    private RemovalApproval Approve() => Store.Requests.ApproveRemovals("ada", Noon)!;

    private void Remove(string guest) => Store.Guests.CommitRound(new DeltaRound
    {
        Cursor = new DeltaCursor(guest, "f", Noon),
        Changes = [new GuestChange(guest, ChangeKind.Removed, guest, null, Noon)],
    });

    private long Begin() => Store.Cycles.BeginCycle(new CycleStart("FallbackCycle", TriggerKind.Timer, "Full", "a test", null), Noon);

    private PlannedStep Step(string managementAgent, string profile, StepKind kind) => new(++position, managementAgent, profile, kind);

    private PlannedStep BeginExport(long cycle)
    {
        var step = Step("ADMA", "Export", StepKind.Export);
        Store.Cycles.BeginStep(cycle, step, firstImport: false, Noon);
        return step;
    }

    private void Export(long cycle) => End(cycle, BeginExport(cycle));

    private void End(long cycle, PlannedStep step) => Store.Cycles.EndStep(
        cycle,
        new StepEnd(
            step, new StepRecord { Position = step.Position, ManagementAgent = "ADMA", RunProfile = step.RunProfile, Result = "success" })
        {
            EndedWell = true,
        });

    private long CountDeletes(long cycle) => Store.Cycles.CountApprovedDeletes(cycle, StepKind.Export, "adma");
}
