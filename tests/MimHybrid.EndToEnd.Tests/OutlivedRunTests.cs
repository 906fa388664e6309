using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.SyncServer.Service;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>An agent that is killed while MIM, which is another process, runs a profile: the run goes on, and the next agent takes it over.</summary>
public sealed class OutlivedRunTests : IDisposable
{
    private const string FullImport = "Full Import (Stage Only)";

    private readonly DataDirectory data = new();
    private readonly OpenPipe open = new();
    private readonly HeldRun clock = new(TimeSpan.FromMinutes(7));

    /// <summary>It may end while no agent is there, or before the eyes of the next.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_outlives_a_killed_agent_ends_in_mim_and_the_next_agent_takes_its_result_over(bool endsBetween)
    {
        await using var tenant = await TenantElsewhere.StartAsync();
        tenant.Directory.Invite("Lena Brandt", "lena@fabrikam.example");
        await using var mim = new SandboxSyncServer(
            new SyncServerOptions { Graph = GraphAccess.To(tenant) }, clock, NullLogger<SandboxSyncServer>.Instance);
        mim.Script.Plan("AADMA", FullImport, new RunPlan { Duration = clock.Duration, Result = "completed-warnings" });
        open.Serve(mim);
        (string, string)[] settings =
            [.. TenantElsewhere.SettingsFor(tenant, data), ("MIMHYBRID_Sandbox__SyncServerPipe", open.Name), ("MIMHYBRID_SyncServer__PollInterval", "00:00:00.2")];

        using (var first = Mimhybrid.Start(["run", "--data", data.Path], settings))
        {
            await clock.Begun.InTimeAsync("the run to begin");
            await first.KillAsync();
        }

        Assert.Equal("in-progress", await StatusAsync(mim)); // nobody is there who waits for it
        if (endsBetween) await EndAsync(mim);
        using var next = Mimhybrid.Start(["run", "--once", "--verbose", "--data", data.Path], settings);
        await next.SaysAsync("MIM's history has it as run 1");
        if (!endsBetween)
        {
            Assert.Equal([new LastRun("AADMA", 1, FullImport, IsGoing: true)], mim.LastRuns);
            await EndAsync(mim);
        }

        Assert.Equal(0, await next.ExitAsync());
        await JudgeAsync(mim);
    }

    public void Dispose()
    {
        open.Dispose();
        data.Dispose();
    }

    /// <summary>What MIM and the agent tell of it is the same: one run for the dead agent's step, with MIM's own word, and one for the next cycle's.</summary>
    private async Task JudgeAsync(SandboxSyncServer mim)
    {
        var cycles = await data.RunLogAsync();
        Assert.Equal(["Abandoned", "Succeeded"], cycles.Select(cycle => cycle.GetProperty("outcome").GetString()));
        var cut = Assert.Single(cycles[0].GetProperty("steps").EnumerateArray());
        Assert.Equal(("completed-warnings", 1), (cut.GetProperty("result").GetString(), cut.GetProperty("runNumber").GetInt32()));

        var runs = await mim.QueryAsync($"SELECT * FROM MIIS_RunHistory WHERE MaName = 'AADMA' AND RunProfile = '{FullImport}'", TestContext.Current.CancellationToken);
        Assert.Equal(["1 completed-warnings", "2 success"], runs.Select(run => $"{run["RunNumber"]} {run["RunStatus"]}").Order(StringComparer.Ordinal));
        Assert.Equal(["Lena Brandt"], mim.Directory.Accounts.Select(account => account.DisplayName));
    }

    private async Task EndAsync(SandboxSyncServer mim)
    {
        clock.End();
        while (await StatusAsync(mim) == "in-progress") await Task.Yield();
    }

    private static Task<string> StatusAsync(SandboxSyncServer mim) =>
        mim.InvokeAsync(new CimTarget("MIIS_ManagementAgent", "Name", "AADMA"), "RunStatus", [], TestContext.Current.CancellationToken);

    /// <summary>The machine's clock, save that a run of this duration has begun when the test knows of it, and ends when the test lets it.</summary>
    private sealed class HeldRun(TimeSpan duration) : ClockOver(TimeProvider.System)
    {
        private readonly FakeTimeProvider held = new();
        private readonly TaskCompletionSource<bool> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TimeSpan Duration => duration;

        public Task<bool> Begun => begun.Task;

        public void End() => held.Advance(duration);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != duration) return base.CreateTimer(callback, state, dueTime, period);
            var timer = held.CreateTimer(callback, state, dueTime, period);
            begun.TrySetResult(true);
            return timer;
        }
    }
}
