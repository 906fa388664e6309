using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Upkeep;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests;

/// <summary>The run log of years does not grow without bound, and nothing that still counts is lost with it.</summary>
public sealed class RunLogTrimmerTests : StoreTest
{
    private static readonly Step Import = ShippedSequences.Find("ChangeDriven")!.Steps[0];

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly AgentSettings settings = new();
    private readonly RunLogTrimmer trimmer;
    private int rounds;

    public RunLogTrimmerTests() => trimmer = new RunLogTrimmer(Store.Cycles, settings, clock, NullLogger<RunLogTrimmer>.Instance);

    [Fact]
    public void Old_cycles_go_with_the_changes_they_carried_and_the_rest_stays()
    {
        settings.RunLog.KeepDays = 30;
        var old = Enumerable.Range(0, RunLogTrimmer.Batch + 5).Select(_ => CycleWithAChange(CycleOutcome.Succeeded)).ToList();
        var failed = CycleWithAChange(CycleOutcome.Failed); // after the last good one, and its change is pending still
        clock.Advance(TimeSpan.FromDays(31));

        trimmer.TrimIfDue();

        Assert.Equal([old[^1], failed], Store.Reader.ReadLog(new RunLogQuery()).Select(cycle => cycle.Id));
        Assert.Single(Store.Reader.ReadLog(new RunLogQuery()).First().Changes);
        Assert.Equal($"guest-{rounds}", Assert.Single(Store.Reader.ReadPendingChanges(10)).Id);
        Assert.True(Store.Reader.ReadSnapshot(clock.GetUtcNow()).LastSuccess.ContainsKey("ChangeDriven"));
    }

    [Fact]
    public void Nothing_goes_when_everything_is_to_be_kept_and_once_a_day_is_often_enough()
    {
        settings.RunLog.KeepDays = 0;
        CycleWithAChange(CycleOutcome.Succeeded);
        CycleWithAChange(CycleOutcome.Succeeded);
        clock.Advance(TimeSpan.FromDays(3650));
        trimmer.TrimIfDue();
        Assert.Equal(2, Store.Reader.ReadLog(new RunLogQuery()).Count());

        settings.RunLog.KeepDays = 1;
        trimmer.TrimIfDue();
        Assert.Single(Store.Reader.ReadLog(new RunLogQuery()));

        CycleWithAChange(CycleOutcome.Succeeded);
        clock.Advance(TimeSpan.FromHours(23));
        settings.RunLog.KeepDays = 1;
        trimmer.TrimIfDue();
        Assert.Equal(2, Store.Reader.ReadLog(new RunLogQuery()).Count());
    }

    private static CycleStart Start(string sequence) => new("GuestChanges", TriggerKind.GraphDelta, sequence, "because", null);

    private long CycleWithAChange(CycleOutcome outcome)
    {
        var id = $"guest-{++rounds}";
        Store.Guests.CommitRound(new DeltaRound
        {
            Cursor = new DeltaCursor($"link-{rounds}", "f", clock.GetUtcNow()),
            Changes = [new GuestChange(id, ChangeKind.Added, id, null, clock.GetUtcNow())],
        });
        var cycle = Store.Cycles.BeginCycle(Start("ChangeDriven"), clock.GetUtcNow());
        Store.Cycles.BeginStep(cycle, Import.At(1), firstImport: true, clock.GetUtcNow());
        Store.Cycles.EndCycle(cycle, new CycleEnd(outcome, outcome == CycleOutcome.Failed ? "MIM was away." : null), clock.GetUtcNow());
        return cycle;
    }
}
