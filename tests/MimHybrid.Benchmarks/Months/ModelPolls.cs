using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>The agent's polls of Graph, and the changes that they leave pending.</summary>
internal sealed class ModelPolls(MonthSetup setup, TenantMonth tenant, AgentSettings settings)
{
    /// <summary>As the agent asks for them when it compares whom it knows with whom Graph lists.</summary>
    private const int ListPageSize = 999;

    private readonly TimeSpan interval = settings.FunctionsTriggeredBy(TriggerKind.GraphDelta).First().Settings.PollInterval;
    private readonly GraphSettings graph = new();
    private readonly List<(ChangeKind Kind, DateTimeOffset At, bool Approved)> pending = [];
    private DateTimeOffset counted = MonthSetup.Start;
    private DateTimeOffset compared = MonthSetup.Start;
    private int polled;
    private int failures;

    public DateTimeOffset Next { get; private set; } = MonthSetup.Start;

    public int Requests { get; private set; }

    public long Guests { get; private set; } = setup.Guests;

    public PendingChanges Pending => pending.Count == 0
        ? PendingChanges.None
        : new PendingChanges(
            pending.CountBy(change => change.Kind).ToDictionary(kind => kind.Key, kind => (long)kind.Value),
            pending.Count(change => change is { Kind: ChangeKind.Removed, Approved: false }),
            pending[0].At,
            pending[^1].At,
            pending.Where(change => change.Kind == ChangeKind.Added).Select(change => (DateTimeOffset?)change.At).FirstOrDefault());

    /// <summary>When Graph answered again after it had not.</summary>
    public DateTimeOffset? OutageEndedAt { get; private set; }

    /// <summary>All polls up to then, each at its own time: they do not wait for a cycle.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (Next <= now) Poll(Next);
    }

    /// <summary>A person has looked at the removals so far.</summary>
    public void Approve()
    {
        for (var index = 0; index < pending.Count; index++) pending[index] = pending[index] with { Approved = true };
    }

    /// <summary>What was known before the import began has been carried.</summary>
    public void Carry(DateTimeOffset importBegan) => pending.RemoveAll(change => change.At <= importBegan);

    private void Poll(DateTimeOffset at)
    {
        Requests++;
        if (tenant.GraphIsAway.Holds(at))
        {
            failures++;
            Next = at + Backoff.AfterPolls(settings, interval, failures, seed: failures);
            return;
        }

        if (failures > 0) OutageEndedAt = at;
        failures = 0;
        Next = at + interval;
        var first = polled;
        for (; polled < tenant.Events.Count && tenant.Events[polled].At <= at; polled++) Learn(tenant.Events[polled].Kind, at);
        Requests += Math.Max(0, (polled - first - 1) / ModelServer.PageSize);
        Compare(at);
    }

    private void Learn(TenantEventKind kind, DateTimeOffset at)
    {
        if (kind == TenantEventKind.MemberChanged) return;
        var change = kind switch
        {
            TenantEventKind.Invited => ChangeKind.Added,
            TenantEventKind.Edited => ChangeKind.Updated,
            _ => ChangeKind.Removed,
        };
        pending.Add((change, at, Approved: false));
        Guests += change switch
        {
            ChangeKind.Added => 1,
            ChangeKind.Removed => -1,
            _ => 0,
        };
    }

    /// <summary>Now and then the agent counts, and lists, whom it knows (MimHybrid.Graph/README.md#drift).</summary>
    private void Compare(DateTimeOffset at)
    {
        if (graph.ReconcileEvery > TimeSpan.Zero && at - compared >= graph.ReconcileEvery)
        {
            (compared, counted) = (at, at);
            Requests += (int)(Guests / ListPageSize) + 1;
        }
        else if (graph.CountEvery > TimeSpan.Zero && at - counted >= graph.CountEvery)
        {
            counted = at;
            Requests++;
        }
    }
}
