using MimHybrid.Mim.Cim;

namespace MimHybrid.Simulation.Tests;

/// <summary>The CIM door of a process that can die before a call reaches MIM, while MIM works on it, and before the answer is known.</summary>
internal sealed class MortalDoor(ICimConnection mim, Plug plug) : ICimConnection
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        LiveThroughAsync(() => mim.QueryAsync(wql, cancellationToken));

    public Task<string> InvokeAsync(CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        LiveThroughAsync(() => mim.InvokeAsync(target, method, arguments, cancellationToken));

    public void Dispose()
    {
        // The world's, which outlives the process.
    }

    private async Task<T> LiveThroughAsync<T>(Func<Task<T>> ask)
    {
        plug.Tick();
        var asked = ask();
        plug.TickWhile(asked);
        var answer = await asked;
        plug.Tick();
        return answer;
    }
}

/// <summary>
/// The clock of a process that can die when it looks at it.
/// </summary>
internal sealed class MortalTime(TimeProvider clock, Plug plug) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow()
    {
        plug.Tick();
        return clock.GetUtcNow();
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
