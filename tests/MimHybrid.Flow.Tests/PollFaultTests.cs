using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Hosting;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>Polls that fail by a fault of our own, such as a store that cannot be written.</summary>
public sealed class PollFaultTests
{
    [Fact]
    public async Task A_fault_is_told_when_it_begins_and_told_again_when_it_comes_back()
    {
        await using var world = await World.StartAsync(settings => settings.Functions["GuestChanges"].PollInterval = Heartbeat.Interval / 2);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var waits = 0;
        world.Waits.During = wait =>
        {
            if (wait == Heartbeat.Interval) return new TaskCompletionSource().Task; // a sign of life while a poll lasts: none lasts so long
            switch (++waits)
            {
                case 2: world.Store.Committing = null; break;
                case 3: world.Store.Committing = Break; break;
                case 4: done.SetResult(); return new TaskCompletionSource().Task; // time stands still
            }

            return Task.CompletedTask;
        };
        world.Store.Committing = Break;

        var told = new Told();
        using var poller = new GuestChangePoller(world.Trigger, world.Store.Guests, world.Settings, world.Waits, told);
        await poller.StartAsync(TestContext.Current.CancellationToken);
        await done.Task.WaitAsync(TestContext.Current.CancellationToken);
        await poller.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["The disk is full.", "The disk is full."], told.Faults);

        static void Break() => throw new IOException("The disk is full.");
    }

    private sealed class Told : ILogger<GuestChangePoller>
    {
        public List<string> Faults { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Faults.AddRange(exception is null ? [] : [exception.Message]);
    }
}
