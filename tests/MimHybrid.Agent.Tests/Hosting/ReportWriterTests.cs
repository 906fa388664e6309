using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Hosting;

/// <summary>The report that the agent writes by itself: beside the work, and whole or not at all.</summary>
public sealed class ReportWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-report-").FullName;
    private readonly LogKeeper log = new();
    private readonly PauseClock clock = new();
    private readonly DeliveryNotes notes = new(TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_written_after_a_cycle_and_once_a_minute_at_most()
    {
        await using var world = await World.StartAsync();
        var file = Path.Combine(folder, "report.html");
        var writer = await StartAsync(world, file);

        await world.ForceAsync();
        await clock.PausesAsync();
        Assert.Contains("Cycle 1 succeeded", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        File.Delete(file);
        await world.ForceAsync();
        await world.ForceAsync();
        Assert.False(File.Exists(file));
        clock.Advance(ReportWriter.Pause);
        await clock.PausesAsync();

        Assert.Contains("Cycle 3 succeeded", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder));
        Assert.Empty(log.Lines);
        await writer.StopAsync(Token);
    }

    [Fact]
    public async Task A_destination_that_is_away_is_told_once_and_so_is_its_return()
    {
        await using var world = await World.StartAsync();
        var file = Path.Combine(folder, "share", "report.html");
        var writer = await StartAsync(world, file);

        for (var cycle = 0; cycle < 2; cycle++)
        {
            Assert.True((await world.ForceAsync()).EndedWell);
            await clock.PausesAsync();
            clock.Advance(ReportWriter.Pause);
        }

        notes.WriteTo(world.Store.Alerts);
        Assert.Equal((DeliveryKind.Report, file), world.Store.Reader.ReadUndelivered().Select(one => (one.Kind, one.Place)).Single());
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await world.ForceAsync();
        await clock.PausesAsync();

        Assert.Equal([4310, 4311], log.Lines.Select(line => line.Id));
        notes.WriteTo(world.Store.Alerts);
        Assert.Empty(world.Store.Reader.ReadUndelivered());
        Assert.Contains("Cycle 3 succeeded", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
        await writer.StopAsync(Token);
    }

    [Fact]
    public async Task What_ended_last_is_in_it_when_the_agent_ends()
    {
        await using var world = await World.StartAsync();
        var file = Path.Combine(folder, "report.html");
        var writer = await StartAsync(world, file);
        await world.ForceAsync();
        await clock.PausesAsync();

        await world.ForceAsync();
        await writer.StopAsync(Token);

        Assert.Contains("Cycle 2 succeeded", await File.ReadAllTextAsync(file, Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_did_not_ask_for_one_gets_one()
    {
        await using var world = await World.StartAsync();
        Assert.Empty(Services(world, null).GetServices<IHostedService>());
    }

    public void Dispose()
    {
        log.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<IHostedService> StartAsync(World world, string file)
    {
        var writer = Services(world, file).GetServices<IHostedService>().Single();
        await writer.StartAsync(Token);
        return writer;
    }

    private ServiceProvider Services(World world, string? file)
    {
        var agent = new AgentSettings();
        agent.RunLog.Report = file;
        return new ServiceCollection()
            .AddSingleton(world.Loop)
            .AddSingleton(world.Store.Reader)
            .AddSingleton(() => world.Store.Reader.ReadSnapshot(world.Clock.GetUtcNow().AddDays(-1)))
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(log.For<ReportWriter>())
            .AddSingleton(notes)
            .AddReport(new LoadedSettings(agent, new GraphSettings(), new SyncServerSettings(), new SandboxSettings()), world.Clock)
            .BuildServiceProvider();
    }

    /// <summary>A clock that says when the writer has written, or has tried to: it pauses then.</summary>
    private sealed class PauseClock : FakeTimeProvider
    {
        private readonly SemaphoreSlim pauses = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == ReportWriter.Pause) pauses.Release();
            return timer;
        }

        public async Task PausesAsync() => Assert.True(await pauses.WaitAsync(Deadline.Longest, Token), "The report was not written.");
    }
}
