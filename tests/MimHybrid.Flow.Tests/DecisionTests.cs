using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>What the agent decides on its way stands in the run log, beside the step it is about.</summary>
public sealed class DecisionTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";

    [Fact]
    public async Task A_full_import_that_ends_as_badly_is_not_run_twice()
    {
        var cycle = await InviteAndRunAsync(script =>
        {
            script.Answer("AADMA", DeltaImport, "no-start-full-import-required");
            script.Answer("AADMA", "Full Import (Stage Only)", "no-start-full-import-required");
        });
        Assert.Equal((CycleOutcome.Failed, 2), (cycle.Outcome, cycle.Steps.Count));
    }

    [Fact]
    public async Task Transient_objects()
    {
        var cycle = await InviteAndRunAsync(script => script.Answer("AADMA", DeltaImport, "completed-transient-objects"));
        Assert.Contains("often harmless", Only(cycle, step: 1), StringComparison.Ordinal);
        Assert.Equal((CycleOutcome.SucceededWithFindings, 5), (cycle.Outcome, cycle.Steps.Count));
    }

    [Fact]
    public async Task Export_errors_and_the_confirming_import_after_them()
    {
        var cycle = await InviteAndRunAsync(script => script.RefuseExport(_ => true, new ExportFault("permission-issue", "50", "insufficient rights")));
        var decisions = cycle.Decisions.Where(decision => decision.Step == 3).Select(decision => decision.Text).ToList();
        Assert.StartsWith("Finding: The directory of ADMA refused 1 account: Lena Brandt", decisions[0], StringComparison.Ordinal);
        Assert.Equal(["The directory refused some objects; what it accepted is confirmed all the same."], decisions.Skip(1));
        Assert.Equal("ADMA Delta Import (Stage Only)", $"{cycle.Steps[3].ManagementAgent} {cycle.Steps[3].RunProfile}");
        Assert.Equal(CycleOutcome.SucceededWithFindings, cycle.Outcome);
    }

    [Theory]
    [InlineData(DeltaImport, "<import-subtype>to-cs</import-subtype>", "", 1, "AADMA Delta Import (Stage Only) synchronizes as well, ")]
    [InlineData("Delta Synchronization", "type=\"apply-rules\"", "type=\"export\"", 2, "AADMA Delta Synchronization exports as well, ")]
    public async Task A_profile_that_does_more_than_the_sequence_says_of_it(string profile, string told, string truth, int step, string finding)
    {
        await using var world = await World.StartSettledAsync(
            door: server => new ChangedDetails(server, profile, details => details.Contains(">AADMA<", StringComparison.Ordinal) ? details.Replace(told, truth, StringComparison.Ordinal) : details));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.StartsWith($"Finding: {finding}and the removal guard did not look before it did", Only(cycle, step), StringComparison.Ordinal);
        Assert.Equal(CycleOutcome.SucceededWithFindings, cycle.Outcome);
    }

    /// <summary>Until then each of its runs counts as one that may have done anything, and nobody would know why.</summary>
    [Fact]
    public async Task A_wrong_account_in_the_settings_is_found_by_the_first_run()
    {
        await using var world = await World.StartSettledAsync();
        world.ServerSettings.Account = @"SANDBOX\SomebodyElse";
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Contains(cycle.Decisions, decided => decided.Step == 1 && decided.Text.StartsWith(
            $"Finding: MIM has the run of AADMA {DeltaImport} as started by SANDBOX\\MIMSyncUser, and SyncServer:Account ",
            StringComparison.Ordinal));
        Assert.Equal(CycleOutcome.SucceededWithFindings, cycle.Outcome);
    }

    /// <summary>The first try sent the guest, the second had nothing left to send.</summary>
    [Fact]
    public async Task What_an_export_sent_before_it_was_tried_again_is_not_said_to_be_of_an_earlier_cycle()
    {
        var cycle = await InviteAndRunAsync(script => script.Answer("ADMA", "Export", "sql-deadlock"));

        Assert.Equal((CycleOutcome.Succeeded, 6), (cycle.Outcome, cycle.Steps.Count));
        Assert.StartsWith("sql-deadlock may pass: ", Only(cycle, step: 3), StringComparison.Ordinal);
    }

    private static async Task<CycleRecord> InviteAndRunAsync(Action<SyncServerScript> goWrong)
    {
        await using var world = await World.StartSettledAsync();
        goWrong(world.Mim.Script);
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        return Assert.Single(await world.PollAndRunAsync());
    }

    private static string Only(CycleRecord cycle, int step)
    {
        var decision = Assert.Single(cycle.Decisions);
        Assert.Equal(step, decision.Step);
        return decision.Text;
    }
}
