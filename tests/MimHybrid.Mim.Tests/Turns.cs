using System.Collections.Concurrent;

namespace MimHybrid.Mim.Tests;

/// <summary>
/// Lets the client's code run only when a test says so, turn by turn. So a test knows when the client has nothing left to do but wait, and
/// lets the clock go on then and only then, however slow the machine is.
/// </summary>
internal sealed class Turns : SynchronizationContext
{
    private readonly ConcurrentQueue<(SendOrPostCallback Turn, object? State)> queue = new();

    public bool IsOver => queue.IsEmpty;

    public override void Post(SendOrPostCallback d, object? state) => queue.Enqueue((d, state));

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Begins something that needs no turns: the server goes on whether or not the client does.</summary>
    public static T Outside<T>(Func<T> begin) => Within(null, begin);

    /// <summary>Begins something whose every later turn comes here.</summary>
    public T Begin<T>(Func<T> begin) => Within(this, begin);

    /// <summary>Takes all turns there are, and those that they bring.</summary>
    public void Take() => Begin(() =>
    {
        while (queue.TryDequeue(out var next))
            next.Turn(next.State);
        return true;
    });

    private static T Within<T>(SynchronizationContext? context, Func<T> begin)
    {
        var before = Current;
        SetSynchronizationContext(context);
        try
        {
            return begin();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
