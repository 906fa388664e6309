using Microsoft.AspNetCore.Http;

namespace MimHybrid.Sandbox.Tenant;

/// <summary>Keeps the last requests, in the order in which they came, and lets a caller wait for one. Thread-safe.</summary>
public sealed class RequestRecorder
{
    private const int Most = 20_000;

    private readonly Lock gate = new();
    private readonly Queue<RecordedRequest> kept = new();
    private readonly List<(Func<RecordedRequest, bool> Wanted, TaskCompletionSource<RecordedRequest> Waiter)> waiters = [];

    /// <summary>All requests kept, the oldest first.</summary>
    public IReadOnlyList<RecordedRequest> All
    {
        get
        {
            lock (gate)
                return [.. kept];
        }
    }

    public int Count(Func<RecordedRequest, bool> wanted) => All.Count(wanted);

    public void Clear()
    {
        lock (gate)
            kept.Clear();
    }

    /// <summary>Waits for the next request of a kind, from now on. It is told when it comes in, before its answer.</summary>
    public async Task<RecordedRequest> NextAsync(Func<RecordedRequest, bool> wanted, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource<RecordedRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
            waiters.Add((wanted, waiter));

        return await waiter.Task.WaitAsync(cancellationToken);
    }

    internal Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = new RecordedRequest(context);
        context.Items[typeof(RecordedRequest)] = request;
        Keep(request);
        context.Response.OnStarting(() =>
        {
            // Before the client has its answer, so that whoever saw the answer finds the status here.
            request.Status = context.Response.StatusCode;
            return Task.CompletedTask;
        });
        return next(context);
    }

    internal static RecordedRequest Of(HttpContext context) => (RecordedRequest)context.Items[typeof(RecordedRequest)]!;

    private void Keep(RecordedRequest request)
    {
        lock (gate)
        {
            kept.Enqueue(request);
            if (kept.Count > Most)
                kept.Dequeue();

            foreach (var (_, waiter) in waiters.FindAll(entry => entry.Wanted(request)))
                waiter.TrySetResult(request);

            waiters.RemoveAll(entry => entry.Waiter.Task.IsCompleted);
        }
    }
}
