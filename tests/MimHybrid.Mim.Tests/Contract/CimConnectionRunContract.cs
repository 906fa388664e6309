using System.Globalization;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Contract;

/// <summary>
/// The part of the contract that starts and stops runs and clears the history: for a server that nobody else works on. It needs one
/// run profile of one management agent that may be run at any time.
/// </summary>
public abstract class CimConnectionRunContract : CimConnectionContract
{
    /// <summary>The management agent that may be run; null: none may, and the tests say why.</summary>
    protected abstract (string ManagementAgent, string RunProfile)? Runnable { get; }

    /// <summary>One that takes some seconds at least and may be stopped; null: there is none, and the tests say why.</summary>
    protected abstract (string ManagementAgent, string RunProfile)? Lasting { get; }

    [Fact]
    public async Task A_run_returns_its_word_takes_the_next_number_and_leaves_a_row()
    {
        var (agent, profile) = NeedRunnable();
        var before = await NumberAsync(agent);

        var word = await ExecuteAsync(agent, profile);

        Assert.Contains(ResultWords.Judge(word).Class, new[] { ResultClass.Success, ResultClass.Findings });
        Assert.Equal(before + 1, await NumberAsync(agent));
        var row = Assert.Single(await Connection.QueryAsync(
            $"SELECT * FROM MIIS_RunHistory WHERE MaName = {Quoted(agent)} AND RunNumber = '{before + 1}'", TestEnd));
        Assert.Equal((profile, word), (row["RunProfile"], row["RunStatus"]));
        Assert.NotEmpty(row["RunEndTime"]);
    }

    [Fact]
    public async Task A_profile_that_does_not_exist_is_refused_and_takes_no_number()
    {
        var (agent, _) = NeedRunnable();
        var before = await NumberAsync(agent);

        Assert.Equal("no-start-unknown-profile-name", await ExecuteAsync(agent, "No such run profile"));

        Assert.Equal(before, await NumberAsync(agent));
    }

    [Fact]
    public async Task Stopping_an_idle_agent_says_that_it_is_not_running()
    {
        var (agent, _) = NeedRunnable();
        Assert.SkipWhen(await AskAsync(agent, "RunStatus") == "in-progress", "Somebody runs the management agent now.");

        Assert.Equal("ma-not-running", await AskAsync(agent, "Stop"));
    }

    [Fact]
    public async Task A_run_that_goes_on_is_seen_by_others_is_not_started_twice_and_ends_when_it_is_stopped()
    {
        var (agent, profile) = NeedLasting();
        var before = await NumberAsync(agent);
        var run = ExecuteAsync(agent, profile);
        await UntilInProgressAsync(agent);

        var row = Assert.Single(await Connection.QueryAsync(
            $"SELECT * FROM MIIS_RunHistory WHERE MaName = {Quoted(agent)} AND RunNumber = '{before + 1}'", TestEnd));
        Assert.Equal((profile, "in-progress"), (row["RunProfile"], row["RunStatus"]));
        Assert.Contains(row["RunEndTime"], new[] { "", "in-progress" });
        await SaysWhatIsDocumentedAsync(agent);
        Assert.Equal("no-start-ma-already-running", await ExecuteAsync(agent, profile));
        Assert.Equal(before + 1, await NumberAsync(agent));

        Assert.Equal("success", await AskAsync(agent, "Stop"));
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await run);
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await AskAsync(agent, "RunStatus"));
    }

    [Fact]
    public async Task Whoever_cancels_waits_no_longer_and_the_run_goes_on()
    {
        var (agent, profile) = NeedLasting();
        using var cancel = new CancellationTokenSource();
        var run = Connection.InvokeAsync(Agent(agent), "Execute", [new CimArgument("RunProfileName", profile)], cancel.Token);
        await UntilInProgressAsync(agent);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal("in-progress", await AskAsync(agent, "RunStatus"));
        Assert.Equal("success", await AskAsync(agent, "Stop"));
    }

    [Fact]
    public async Task Clearing_the_history_of_long_ago_removes_nothing()
    {
        var (agent, _) = NeedRunnable();
        var before = await NumberAsync(agent);
        var target = new CimTarget("MIIS_Server", "Name", "MIIS_Server1");

        foreach (var longAgo in new[] { "1999-12-31 23:59:59.999", "1999-12-31" })
            Assert.Contains(await Connection.InvokeAsync(target, "ClearRuns", [new CimArgument("EndingBefore", longAgo)], TestEnd), new[] { "success", "invalid-date-parameter" });

        Assert.Equal(before, await NumberAsync(agent));
    }

    /// <summary>
    /// While it goes on, as pages of Microsoft's say (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run); where nobody has
    /// seen it, either is taken.
    /// </summary>
    private async Task SaysWhatIsDocumentedAsync(string agent)
    {
        Assert.Contains(await AskAsync(agent, "RunEndTime"), new[] { "", "in-progress" });
        Assert.True(await AskAsync(agent, "RunStartTime") is var start && (start.Length == 0 || IsTime(start)), start);
        Assert.Equal("", RunDetailsParser.Parse(await AskAsync(agent, "RunDetails"), errorsKept: 0).Defect);
    }

    private (string ManagementAgent, string RunProfile) NeedRunnable()
    {
        Assert.SkipWhen(Runnable is null, $"Nothing may be run: set {CimTestServer.Run}=1, {CimTestServer.Agent} and {CimTestServer.Profile}.");
        return Runnable!.Value;
    }

    private (string ManagementAgent, string RunProfile) NeedLasting()
    {
        Assert.SkipWhen(Lasting is null, $"Nothing that lasts may be run: set {CimTestServer.Run}=1, {CimTestServer.Agent}, {CimTestServer.Profile} and {CimTestServer.LastingProfile}.");
        return Lasting!.Value;
    }

    private async Task UntilInProgressAsync(string managementAgent)
    {
        while (await AskAsync(managementAgent, "RunStatus") != "in-progress") TestEnd.ThrowIfCancellationRequested();
    }

    private Task<string> ExecuteAsync(string managementAgent, string runProfile) =>
        Connection.InvokeAsync(Agent(managementAgent), "Execute", [new CimArgument("RunProfileName", runProfile)], TestEnd);

    private async Task<int> NumberAsync(string managementAgent) =>
        await AskAsync(managementAgent, "RunNumber") is { Length: > 0 } number ? int.Parse(number, CultureInfo.InvariantCulture) : 0;
}
