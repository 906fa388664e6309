using Microsoft.AspNetCore.Http;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

/// <summary>
/// Execute, Stop and the status methods, line by line of MimHybrid.Sandbox/README.md#the-contract-of-the-synchronization-service.
/// </summary>
public sealed class ExecuteTests(LoopbackGraph graph) : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SyncServerDriver driver = new(graph, options => options with { StepDuration = Minute });

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task An_agent_that_never_ran_has_no_status_and_an_empty_history()
    {
        Assert.Equal("", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("", await driver.AskAsync(Target, "RunNumber"));
        Assert.Equal("", await driver.AskAsync(Target, "RunProfile"));
        Assert.Equal("", await driver.AskAsync(Target, "RunStartTime"));
        Assert.Equal("", await driver.AskAsync(Target, "RunEndTime"));
        Assert.Equal("<run-history />", await driver.AskAsync(Target, "RunDetails"));
    }

    [Fact]
    public async Task Execute_blocks_while_another_call_sees_the_run_in_progress()
    {
        var execute = driver.RunAsync(Target, Profiles.Export);

        Assert.False(execute.IsCompleted);
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("Export", await driver.AskAsync(Target, "RunProfile"));
        Assert.Equal("1", await driver.AskAsync(Target, "RunNumber"));
        Assert.Equal("", await driver.AskAsync(Target, "RunStartTime"));
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunEndTime"));

        driver.Time.Advance(Minute);
        Assert.Equal("success", await execute);
        Assert.Equal("success", await driver.AskAsync(Target, "RunStatus"));
        Assert.Equal("2026-11-22 08:00:00.000", await driver.AskAsync(Target, "RunStartTime"));
        Assert.Equal("2026-11-22 08:01:00.000", await driver.AskAsync(Target, "RunEndTime"));
    }

    [Fact]
    public async Task The_history_has_a_row_without_an_end_from_the_first_moment()
    {
        var execute = driver.RunAsync(Target, Profiles.Export);

        var row = Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"));
        Assert.Equal(("in-progress", ""), (row["RunStatus"], row["RunEndTime"]));

        driver.Time.Advance(Minute);
        await execute;
        row = Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"));
        Assert.Equal(("success", "2026-11-22 08:01:00.000"), (row["RunStatus"], row["RunEndTime"]));
    }

    [Fact]
    public async Task A_second_execute_on_the_same_agent_is_refused_at_once_and_gets_no_run_number()
    {
        var first = driver.RunAsync(Target, Profiles.Export);

        Assert.Equal("no-start-ma-already-running", await driver.RunAsync(Target, Profiles.FullImport));
        Assert.Equal("1", await driver.AskAsync(Target, "RunNumber"));
        Assert.Single(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"));

        driver.Time.Advance(Minute);
        Assert.Equal("success", await first);
    }

    [Fact]
    public async Task A_synchronization_is_refused_while_another_agent_synchronizes()
    {
        var first = driver.RunAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("call-failure:0x8023063D", await driver.RunAsync(Target, Profiles.FullSynchronization));
        Assert.Equal("", await driver.AskAsync(Target, "RunNumber"));

        driver.Time.Advance(Minute);
        await first;
        Assert.Equal("success", await driver.AdvanceUntilAsync(driver.RunAsync(Target, Profiles.FullSynchronization)));
    }

    [Fact]
    public async Task Imports_and_exports_of_different_agents_run_together()
    {
        var synchronization = driver.RunAsync(Source, Profiles.DeltaSynchronization);
        var export = driver.RunAsync(Target, Profiles.Export);

        driver.Time.Advance(Minute);
        Assert.Equal(["success", "success"], await Task.WhenAll(synchronization, export));
    }

    [Fact]
    public async Task An_unknown_profile_is_refused_and_leaves_no_row()
    {
        Assert.Equal("no-start-unknown-profile-name", await driver.RunAsync(Source, "Delta Import"));
        Assert.Empty(await driver.QueryAsync("SELECT * FROM MIIS_RunHistory"));
    }

    [Fact]
    public async Task Run_numbers_rise_by_one_per_agent()
    {
        for (var run = 1; run <= 3; run++)
        {
            await driver.AdvanceUntilAsync(driver.RunAsync(Target, Profiles.Export));
            Assert.Equal($"{run}", await driver.AskAsync(Target, "RunNumber"));
        }

        await driver.AdvanceUntilAsync(driver.RunAsync(Source, Profiles.Export));
        Assert.Equal("1", await driver.AskAsync(Source, "RunNumber"));
    }

    [Fact]
    public async Task Stop_ends_the_blocked_execute()
    {
        var execute = driver.RunAsync(Target, Profiles.Export);

        Assert.Equal("success", await driver.AskAsync(Target, "Stop"));
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await execute);
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await driver.AskAsync(Target, "RunStatus"));
    }

    [Fact]
    public async Task Stop_on_an_idle_agent_says_so() => Assert.Equal("ma-not-running", await driver.AskAsync(Target, "Stop"));

    [Fact]
    public async Task What_a_stopped_import_read_is_not_staged()
    {
        driver.Tenant.Invite("Ada Lovelace");
        var reached = new TaskCompletionSource();
        driver.Tenant.Fault = _ =>
        {
            reached.TrySetResult();
            return Task.FromResult<IResult?>(null);
        };
        var execute = driver.RunAsync(Source, Profiles.FullImport);
        await reached.Task;

        await driver.AskAsync(Source, "Stop");

        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await execute);
        Assert.Equal(0, await driver.CountAsync(Source, "NumCSObjects"));
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_but_not_the_run()
    {
        using var impatience = new CancellationTokenSource();
        var execute = driver.RunImpatientlyAsync(Target, Profiles.Export, impatience.Token);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => execute);
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunStatus"));
        await driver.AdvanceUntilAsync(driver.Server.StartForeignRunAsync(new ForeignRun(Source, Profiles.Export, Minute)));
        Assert.Equal("success", await driver.AskAsync(Target, "RunStatus"));
    }

    [Fact]
    public async Task Names_of_agents_profiles_and_methods_are_found_whatever_their_case() =>
        Assert.Equal("success", await driver.AdvanceUntilAsync(driver.RunAsync("adma", "EXPORT")));

    [Theory]
    [InlineData("MIIS_Nothing", "Name", "ADMA", "RunStatus", CimFailure.InvalidClass)]
    [InlineData("MIIS_ManagementAgent", "Name", "FIMMA", "RunStatus", CimFailure.NotFound)]
    [InlineData("MIIS_ManagementAgent", "Guid", "ADMA", "RunStatus", CimFailure.NotFound)]
    [InlineData("MIIS_ManagementAgent", "Name", "ADMA", "Dance", CimFailure.Other)]
    [InlineData("MIIS_ManagementAgent", "Name", "ADMA", "Execute", CimFailure.Other)]
    [InlineData("MIIS_RunHistory", "Key", "nothing", "RunDetails", CimFailure.NotFound)]
    [InlineData("MIIS_RunHistory", "Key", "nothing", "Dance", CimFailure.Other)]
    [InlineData("MIIS_Server", "Name", "MIIS_Server2", "ClearRuns", CimFailure.NotFound)]
    [InlineData("MIIS_Server", "Name", "MIIS_Server1", "Dance", CimFailure.Other)]
    public async Task A_call_to_what_is_not_there_fails_in_words(
        string className, string key, string value, string method, CimFailure failure)
    {
        var error = await Assert.ThrowsAsync<CimConnectionException>(() => driver.Server.InvokeAsync(
            new CimTarget(className, key, value), method, [], TestContext.Current.CancellationToken));

        Assert.Equal(failure, error.Failure);
    }
}
