using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// A data folder that an older MimHybrid left behind, in the middle of everything: all of it is still there, and goes on. How the file was
/// made is in the note beside it. The tenant and the sync server are others than the file's, so that guests are found missing: a finding.
/// </summary>
public sealed class MigrationTests
{
    private const string Confirmed = "What an earlier cycle exported to ADMA was never confirmed: it is confirmed now.";

    private static readonly string Before = Path.Combine(AppContext.BaseDirectory, "Data", "version-5.db");

    [Fact]
    public async Task What_was_pending_approved_asked_and_known_is_still_there()
    {
        await using var world = await World.StartAsync();
        TakeOver(world);

        Assert.Equal(
            ["Added Max Vogel", "Removed Guest 04", "Removed Guest 05", "Removed Guest 06", "Removed Guest 07", "Added Ida Sommer"],
            world.Store.Reader.ReadPendingChanges(most: 10).Select(change => $"{change.Kind} {change.Name}"));
        Assert.Equal((16L, 12), (world.Store.Reader.CountLiveGuests(), world.Store.Guests.ReadCursor()!.ObtainedAt.Hour));
        Assert.Null(world.Store.Reader.ReadHeldRemovals(most: 10)); // all that is held has been approved
        Assert.Null(world.Store.Requests.ReadStopRequest()); // it was taken back
        Assert.Equal(@"forced by CONTOSO\eve", Assert.IsType<Decision.Run>(world.Decide()).Reason);
        Assert.Equal(("sandbox", 4711), (world.Store.Reader.ReadClaim(), world.Store.Reader.ReadHolder()!.ProcessId));
        Assert.Equal("ClientSecret", world.Store.Reader.ReadCredential()!.Kind);
        Assert.True(world.Store.Cycles.ReadRunHistoryCleanup()!.GoesOn);
    }

    [Fact]
    public async Task The_run_log_says_what_it_said()
    {
        await using var world = await World.StartAsync();
        TakeOver(world);

        await Approved.MatchesAsync(string.Concat(world.RunLog.Select(cycle => RunLogJson.Line(cycle) + "\n")), "A_run_log_of_version_5");
    }

    [Fact]
    public async Task The_export_that_was_unconfirmed_is_confirmed_by_the_next_good_cycle_and_by_no_other()
    {
        await using var world = await World.StartAsync(Guarded);
        TakeOver(world);

        var next = Assert.Single(await world.RunAllAsync());
        Assert.Equal((9L, true, @"CONTOSO\eve", 6), (next.Id, next.EndedWell, next.ForcedBy, next.Changes.Count));
        Assert.Equal("nothing to export", next.Steps.Single(step => step.RunProfile == "Export").SkippedBecause);
        Assert.Null(ImportOfAdma(next).SkippedBecause);
        Assert.Single(next.Decisions, decision => decision.Text == Confirmed);

        var later = await world.ForceAsync("ChangeDriven");
        Assert.Equal((true, "nothing exported"), (later.EndedWell, ImportOfAdma(later).SkippedBecause));
        Assert.DoesNotContain(later.Decisions, decision => decision.Text == Confirmed);
    }

    [Fact]
    public async Task The_approval_that_was_open_passes_once()
    {
        await using var world = await World.StartSettledAsync(Guarded);
        await world.InviteAsync(20);
        world.DeleteGuests(3); // what was approved when the older program held it before its export
        TakeOver(world);

        var passed = Assert.Single(await world.RunAllAsync());
        Assert.Equal((true, 17), (passed.EndedWell, world.Accounts.Count()));
        Assert.Equal((@"CONTOSO\ada", 4L, 3L), (passed.Approval!.By, passed.Approval.Removals, passed.Approval.ExportDeletes));

        world.DeleteGuests(3); // others, whom nobody has seen
        var held = await world.ForceAsync("ChangeDriven");
        Assert.Equal((CycleOutcome.Stopped, 17), (held.Outcome, world.Accounts.Count()));
        Assert.StartsWith("the removal guard holds ADMA Export: the export would delete 3 accounts", held.Failure, StringComparison.Ordinal);
    }

    private static StepRecord ImportOfAdma(CycleRecord cycle) =>
        cycle.Steps.Single(step => (step.ManagementAgent, step.RunProfile) == ("ADMA", "Delta Import (Stage Only)"));

    private static void Guarded(AgentSettings settings) => settings.RemovalGuard.Count = 2;

    /// <summary>The agent ends, and starts again as this program on the older one's data folder, some minutes later.</summary>
    private static void TakeOver(World world)
    {
        world.Store.Dispose();
        File.Copy(Before, world.Store.Path, overwrite: true);
        world.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 22, 12, 10, 0, TimeSpan.Zero));
        world.Restart();
    }
}
