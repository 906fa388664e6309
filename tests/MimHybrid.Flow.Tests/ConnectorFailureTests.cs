using MimHybrid.Cycles.Planning;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// Microsoft's connector for Graph fails with the words of an extension when its own delta token is too old, or its own secret has expired.
/// </summary>
public sealed class ConnectorFailureTests
{
    private const string DeltaImport = "Delta Import (Stage Only)";
    private const string FullImport = "Full Import (Stage Only)";
    private const string Connector = "The connector failed; its exception is in the Application event log of the server "
        + "(source FIMSynchronizationService, event 6801, or source ConnectorsLog).";

    [Theory]
    [InlineData("stopped-extensible-extension-error")]
    [InlineData("stopped-extension-dll-exception")]
    public async Task A_delta_token_that_is_too_old_costs_one_full_import_and_no_cycle(string word)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = word });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(CycleOutcome.Succeeded, cycle.Outcome);
        Assert.Equal([(DeltaImport, word), (FullImport, "success")], cycle.Steps.Take(2).Select(step => (step.RunProfile, step.Result)));
        Assert.Equal(
            $"The connector failed ({word}), as it does when its delta token is too old: {FullImport} runs instead, once.",
            Assert.Single(cycle.Decisions).Text);
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Theory]
    [InlineData("stopped-extensible-extension-error")]
    [InlineData("stopped-extension-dll-exception")]
    public async Task A_connector_that_fails_at_the_full_import_too_needs_a_person_who_is_told_where_to_look(string word)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.PlanEvery("AADMA", DeltaImport, new RunPlan { Result = word });
        world.Mim.Script.PlanEvery("AADMA", FullImport, new RunPlan { Result = word });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal((CycleOutcome.Failed, 2), (cycle.Outcome, cycle.Steps.Count));
        Assert.StartsWith($"AADMA {FullImport}: {word}. {Connector}", cycle.Failure, StringComparison.Ordinal);
        Assert.Contains("its own client secret has expired or lacks consent", cycle.Failure, StringComparison.Ordinal);
        Assert.StartsWith(Connector, cycle.Steps[1].Advice, StringComparison.Ordinal);
        Assert.IsType<Decision.Hold>(world.Decide());
    }

    /// <summary>A synchronization has rules extensions and no connector; only the guests' connector has a delta token of its own.</summary>
    [Theory]
    [InlineData("AADMA", "Delta Synchronization", "A rules extension threw an exception")]
    [InlineData("ADMA", DeltaImport, "The connector failed")]
    [InlineData("ADMA", "Export", "The connector failed")]
    public async Task Elsewhere_it_needs_a_person_at_once(string managementAgent, string profile, string advice)
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer(managementAgent, profile, "stopped-extension-dll-exception");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(CycleOutcome.Failed, cycle.Outcome);
        Assert.Equal((managementAgent, profile), (cycle.Steps[^1].ManagementAgent, cycle.Steps[^1].RunProfile));
        Assert.StartsWith(advice, cycle.Steps[^1].Advice, StringComparison.Ordinal);
    }
}
