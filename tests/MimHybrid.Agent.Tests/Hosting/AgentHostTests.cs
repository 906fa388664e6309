using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Hosting;

/// <summary>What the composition hands to its parts where nothing but the composition can go wrong.</summary>
public sealed class AgentHostTests : IDisposable
{
    private readonly DataDirectory data = new();

    /// <summary>A window from two to five in the night is meant where the server stands, and told as its clocks show it.</summary>
    [Fact]
    public async Task Maintenance_windows_are_in_the_servers_own_zone()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = DataFolder.TryLock(data.Path)!;
        using var log = new LogKeeper();
        var settings = SettingsLoader.Load(new CommonValues(
            data.Path, Config: null, Sandbox: true, Rehearsal: null,
            Set: [new("MaintenanceWindows:0:Cron", "0 2 * * *"), new("MaintenanceWindows:0:Duration", "03:00:00")]));

        await using var agent = await AgentHost.StartAsync(folder, settings, log, new ClockElsewhere(TimeSpan.FromHours(9)), token);
        var atHalfPastTwo = new DateTimeOffset(2026, 11, 22, 2, 30, 0, TimeSpan.FromHours(9)).ToUniversalTime();
        var snapshot = new AgentSnapshot { BootedAt = atHalfPastTwo.AddDays(-1) };
        var wait = Assert.IsType<Decision.Wait>(agent.Planner.Decide(snapshot, atHalfPastTwo));

        Assert.Equal(WaitCause.MaintenanceWindow, wait.Cause);
        Assert.Contains("open until 05:00:00", wait.Reason, StringComparison.Ordinal);
    }

    /// <summary>What stays are the starts of agents that were cut off, or ended by a fault.</summary>
    [Fact]
    public async Task An_agent_that_ends_as_it_was_asked_to_leaves_no_start_behind()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = DataFolder.TryLock(data.Path)!;
        using var log = new LogKeeper();
        var settings = SettingsLoader.Load(new CommonValues(data.Path, Config: null, Sandbox: true, Rehearsal: null, Set: [new("Sandbox:Story", "false")]));
        await using (var cutOff = await AgentHost.StartAsync(folder, settings, log, TimeProvider.System, token))
        {
            using var store = AgentStore.Open(data.Path);
            _ = new StartNote(store, TimeProvider.System.GetUtcNow()); // and nothing more comes of it
        }

        await using (var agent = await AgentHost.StartAsync(folder, settings, log, TimeProvider.System, token))
            Assert.Equal(ExitCode.Done, await agent.RunAsync(TimeSpan.FromMilliseconds(1), token));

        using var reader = AgentReader.Open(data.Path);
        Assert.Single(reader.ReadStarts());
    }

    public void Dispose() => data.Dispose();

    /// <summary>The machine's time in a zone of its own.</summary>
    private sealed class ClockElsewhere(TimeSpan offset) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } = TimeZoneInfo.CreateCustomTimeZone("Elsewhere", offset, null, null);
    }
}
