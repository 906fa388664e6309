using MimHybrid.Store.Rows;

namespace MimHybrid.EndToEnd.Tests.Rehearsals;

/// <summary>Each rehearsal does what it says: the failure shows, the agent says what it is, and in the end the guest has an account.</summary>
public abstract class RehearsalTests
{
    protected static Task<IReadOnlyList<CycleRecord>> PlaysAsync(string name, params string[] saying) => PlaysAsync(name, Playhouse.Fast, saying);

    protected static async Task<IReadOnlyList<CycleRecord>> PlaysAsync(string name, int speed, params string[] saying)
    {
        var (said, cycles) = await Playhouse.PlayAsync(name, speed);
        var all = string.Join(Environment.NewLine, said);
        bool Says(string text) => all.Contains(text, StringComparison.Ordinal);
        foreach (var text in saying.Append("has an account")) Assert.True(Says(text), $"'{text}' was not said. Said was:{Environment.NewLine}{all}");
        foreach (var text in new[] { "still has no account", "should not" }) Assert.False(Says(text), $"'{text}' was said. Said was:{Environment.NewLine}{all}");
        Assert.True(cycles[^1].EndedWell, all);
        return cycles;
    }

    protected static IEnumerable<string?> Results(IEnumerable<CycleRecord> cycles) => cycles.SelectMany(cycle => cycle.Steps).Select(step => step.Result);
}

public sealed class OtherPeopleTests : RehearsalTests
{
    [Fact]
    public Task A_foreign_run_is_waited_for_on_the_agent_itself_and_before_a_synchronization_on_every_agent() => PlaysAsync(
        "foreign-run",
        Playhouse.Careful,
        "AADMA waits: on AADMA the run profile 'Full Import (Stage Only)' runs, started at ",
        "AADMA waits: on ADMA the run profile 'Full Synchronization' runs, started at ");

    [Fact]
    public Task A_foreign_run_that_slips_in_is_waited_for_as_well() => PlaysAsync("slip-in", "Somebody else's run began in the same moment, so MIM started nothing");

    [Fact]
    public async Task A_mass_removal_is_held_until_it_is_approved_and_then_goes_through()
    {
        var cycles = await PlaysAsync(
            "mass-removal", Playhouse.Careful, "Holding: 6 of 12 guests were removed", "has approved the removals", "the accounts of those who left are deleted");
        Assert.Contains(cycles, cycle => cycle.Changes.Count == 6 && cycle.EndedWell);
    }
}

public sealed class FailingRunsTests : RehearsalTests
{
    [Theory]
    [InlineData("no-credentials", "no-start-credentials", "Holding:", "succeeded, the first since it failed")]
    [InlineData("full-import-required", "no-start-full-import-required", "AADMA Full Import (Stage Only): success")]
    [InlineData("discovery-errors", "completed-discovery-errors", "removals cannot be trusted")]
    [InlineData("export-errors", "completed-export-errors", "grants the right")]
    public async Task The_word_is_in_the_run_log_and_the_agent_says_what_it_does(string name, string word, params string[] saying) =>
        Assert.Contains(word, Results(await PlaysAsync(name, saying)));

    [Fact]
    public async Task Two_deadlocks_are_outlasted() =>
        Assert.Equal(2, Results(await PlaysAsync("deadlock")).Count(result => result == "stopped-deadlocked"));
}

public sealed class ServerTroublesTests : RehearsalTests
{
    [Fact]
    public async Task A_hanging_step_is_stopped()
    {
        var cycles = await PlaysAsync("hanging-step", "MIM was asked to stop the run and answered 'success'");
        Assert.Contains("stopped-user-termination-from-wmi-or-ui", Results(cycles));
    }

    [Fact]
    public async Task A_restart_in_mid_run_is_in_the_run_log() =>
        Assert.Contains("stopped-service-shutdown", Results(await PlaysAsync("server-restart", "restarts in the middle")));

    [Fact]
    public async Task A_service_that_is_away_is_caught_up_with() => Assert.Contains("cim-unreachable", string.Concat(Results(await PlaysAsync("server-away"))), StringComparison.Ordinal);
}

public sealed class TenantTroublesTests : RehearsalTests
{
    [Theory]
    [InlineData("graph-outage", "No guest changes can be read: The connection")]
    [InlineData("throttling", "429 TooManyRequests")]
    public Task What_passes_by_itself_is_said_at_its_beginning_and_at_its_end(string name, string saying) =>
        PlaysAsync(name, saying, "Guest changes can be read again");

    [Fact]
    public async Task Dead_tokens_cost_a_baseline_and_a_full_import()
    {
        var cycles = await PlaysAsync("dead-token", "does not let the agent go on where it stopped reading");
        Assert.Contains("no-start-full-import-required", Results(cycles));
    }

    [Fact]
    public async Task A_management_agent_that_sees_less_than_the_agent_imports_until_it_sees_the_same()
    {
        var cycles = await PlaysAsync("lag", "Graph said 1 guest was added; MIM projected or joined none");
        Assert.Equal(3, cycles[^1].Steps.Count(step => step is { ManagementAgent: "AADMA", RunProfile: "Delta Import (Stage Only)" }));
    }
}

public sealed class AccessTroublesTests : RehearsalTests
{
    [Theory]
    [InlineData("no-consent", "403 Authorization_RequestDenied", "Grant it the application permission User.Read.All")]
    [InlineData("wrong-secret", "AADSTS7000215", "the client secret is wrong. Set Graph:ClientSecret")]
    [InlineData("proxy-page", "Graph's answer cannot be used", "a proxy or a portal may be in the way")]
    public Task What_keeps_the_agent_out_is_said_with_its_remedy_and_gone_when_it_is_mended(string name, string cause, string remedy) =>
        PlaysAsync(name, cause, remedy, "Guest changes can be read again");
}
