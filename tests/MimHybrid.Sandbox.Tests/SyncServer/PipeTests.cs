using System.Collections.Concurrent;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Remote;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

/// <summary>What is a pipe's own; all else is the contract that PipedSyncServerKeepsTheContract asks for in MimHybrid.Mim.Tests.</summary>
public sealed class PipeTests : IDisposable
{
    private static readonly CimTarget Adma = new("MIIS_ManagementAgent", "Name", Target);

    private readonly SyncServerDriver driver;
    private readonly OpenPipe open = new();
    private readonly PipedSyncServer pipe;

    public PipeTests(LoopbackGraph graph)
    {
        driver = new SyncServerDriver(graph);
        pipe = new PipedSyncServer(open.Name);
    }

    public static TheoryData<CimFailure> Failures => [.. Enum.GetValues<CimFailure>()];

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_arrives_as_the_same_failure_in_the_same_words(CimFailure failure)
    {
        open.Serve(driver.Server);
        driver.Server.Script.RefuseCalls(failure);

        foreach (var ask in new Func<ICimConnection, Task>[] { server => server.QueryAsync("SELECT * FROM MIIS_Server", TestEnd), server => ExecuteAsync(server, TestEnd) })
        {
            var here = await Assert.ThrowsAsync<CimConnectionException>(() => ask(driver.Server));
            var there = await Assert.ThrowsAsync<CimConnectionException>(() => ask(pipe));
            Assert.Equal((failure, here.Message), (there.Failure, there.Message));
        }
    }

    [Fact]
    public async Task A_fault_of_the_server_s_own_is_a_failure_and_not_a_wait_without_end()
    {
        open.Serve(new Answering((_, _) => throw new InvalidDataException("Something broke.")));

        var failed = await Assert.ThrowsAsync<CimConnectionException>(() => ExecuteAsync(pipe, TestEnd));
        Assert.Equal((CimFailure.Other, "Something broke."), (failed.Failure, failed.Message));
    }

    [Fact]
    public async Task Texts_arrive_as_they_are_those_that_are_missing_too()
    {
        var asked = new ConcurrentQueue<string>();
        var lengthy = new string('ü', 1_000_000);
        open.Serve(new Answering((call, _) =>
        {
            asked.Enqueue(call);
            return Task.FromResult(lengthy);
        }));

        var row = Assert.Single(await pipe.QueryAsync("Ω \"\n", TestEnd));
        Assert.Equal([("Empty", ""), ("Missing", null), ("Odd", "Ω \"\n")], row.Properties.Select(one => (one.Key, one.Value)).Order());
        Assert.Equal(lengthy, await pipe.InvokeAsync(new("Класс", "", @"O'Brien's \ AD"), "M", [new("A", ""), new("Ключ", "Ω")], TestEnd));
        Assert.Equal(@"Класс..O'Brien's \ AD.M(A=, Ключ=Ω)", Assert.Single(asked));
    }

    [Fact]
    public async Task Where_nobody_serves_no_sync_server_is_reached_and_once_somebody_does_it_is()
    {
        var before = await Assert.ThrowsAsync<CimConnectionException>(() => ExecuteAsync(pipe, TestEnd));
        Assert.Equal((CimFailure.Unreachable, $"No sync server is at the pipe {open.Name}."), (before.Failure, before.Message));

        open.Serve(driver.Server);
        Assert.Equal("success", await ExecuteAsync(pipe, TestEnd));

        open.Close();
        await open.Serving.WaitAsync(Deadline.Longest, TestEnd);
        var after = await Assert.ThrowsAsync<CimConnectionException>(() => ExecuteAsync(pipe, TestEnd));
        Assert.Equal(CimFailure.Unreachable, after.Failure);
    }

    [Fact]
    public async Task A_server_that_ends_waits_for_nobody_and_whoever_waits_is_told()
    {
        open.Serve(driver.Server);
        driver.Server.Script.PlanEvery(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var waiting = ExecuteAsync(pipe, TestEnd);
        await UntilRunningAsync();

        open.Close();

        await open.Serving.WaitAsync(Deadline.Longest, TestEnd);
        var cut = await Assert.ThrowsAsync<CimConnectionException>(() => waiting);
        Assert.Equal((CimFailure.Unreachable, $"The sync server at the pipe {open.Name} went away during the call."), (cut.Failure, cut.Message));
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunStatus"));
    }

    [Fact]
    public async Task While_one_caller_waits_for_a_run_others_are_answered_and_one_of_them_stops_it()
    {
        open.Serve(driver.Server);
        driver.Server.Script.PlanEvery(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var waiting = ExecuteAsync(pipe, TestEnd);
        await UntilRunningAsync();

        Assert.All(await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pipe.InvokeAsync(Adma, "RunStatus", [], TestEnd))), status => Assert.Equal("in-progress", status));
        Assert.Equal("success", await pipe.InvokeAsync(Adma, "Stop", [], TestEnd));
        Assert.Equal("stopped-user-termination-from-wmi-or-ui", await waiting);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_waited_for_no_longer_and_the_run_goes_on()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        open.Serve(new Answering(async (_, wait) =>
        {
            try
            {
                return await ExecuteAsync(driver.Server, wait);
            }
            finally
            {
                if (wait.IsCancellationRequested) left.TrySetResult();
            }
        }));
        driver.Server.Script.PlanEvery(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        using var patience = new CancellationTokenSource();
        var waiting = ExecuteAsync(pipe, patience.Token);
        await UntilRunningAsync();

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await left.Task.WaitAsync(Deadline.Longest, TestEnd);
        Assert.Equal("in-progress", await driver.AskAsync(Target, "RunStatus"));
    }

    [Fact]
    public void A_name_that_can_be_no_pipe_s_is_known_beforehand()
    {
        Assert.True(PipedSyncServer.IsName(open.Name));
        Assert.All([@"a/b\c", "", new string('n', 300)], name => Assert.False(PipedSyncServer.IsName(name), name));
    }

    public void Dispose()
    {
        open.Dispose();
        pipe.Dispose();
        driver.Dispose();
    }

    private static Task<string> ExecuteAsync(ICimConnection server, CancellationToken wait) =>
        server.InvokeAsync(Adma, "Execute", [new CimArgument("RunProfileName", Profiles.Export)], wait);

    private async Task UntilRunningAsync()
    {
        while (await driver.AskAsync(Target, "RunStatus") != "in-progress")
        {
            TestEnd.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A sync server that answers what a test says to a call, and the same row to every query.</summary>
    private sealed class Answering(Func<string, CancellationToken, Task<string>> answer) : ICimConnection
    {
        public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<CimRow>>([new CimRow([new("Odd", wql), new("Missing", null), new("Empty", "")])]);

        public Task<string> InvokeAsync(
            CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
        {
            var said = string.Join(", ", arguments.Select(argument => $"{argument.Name}={argument.Value}"));
            return answer($"{target.ClassName}.{target.KeyName}.{target.KeyValue}.{method}({said})", cancellationToken);
        }

        public void Dispose()
        {
        }
    }
}
