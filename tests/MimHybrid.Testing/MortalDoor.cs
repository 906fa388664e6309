using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door of a process that can die before a call reaches MIM, while MIM works on it, and before the answer is known.</summary>
public sealed class MortalDoor(ICimConnection mim, Plug plug) : ICimConnection
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        LiveThroughAsync(() => mim.QueryAsync(wql, cancellationToken));

    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
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
