namespace MimHybrid.Sandbox.Tenant;

/// <summary>What goes wrong next. Faults of one script are played in the order in which they were written. Thread-safe.</summary>
public sealed class FaultScript
{
    private readonly Lock gate = new();
    private readonly List<Entry> entries = [];
    private volatile bool outage;

    internal FaultScript()
    {
    }

    /// <summary>While true the tenant drops every connection and every request.</summary>
    public bool Outage
    {
        get => outage;
        set => outage = value;
    }

    /// <summary>How many faults have yet to be played.</summary>
    public int Pending
    {
        get
        {
            lock (gate)
                return entries.Sum(entry => entry.Left);
        }
    }

    /// <summary>Lets the next requests go wrong.</summary>
    /// <param name="fault">How.</param>
    /// <param name="count">How many of them.</param>
    /// <param name="when">Which requests; all of them if not given.</param>
    public void Next(Fault fault, int count = 1, Func<RecordedRequest, bool>? when = null)
    {
        lock (gate)
            entries.Add(new Entry(fault, when ?? (_ => true)) { Left = count });
    }

    /// <summary>Forgets all faults that have not been played, and ends an outage.</summary>
    public void Clear()
    {
        lock (gate)
            entries.Clear();

        outage = false;
    }

    internal Fault? Take(RecordedRequest request)
    {
        lock (gate)
        {
            if (entries.Find(entry => entry.When(request)) is not { } entry)
                return null;

            if (--entry.Left == 0)
                entries.Remove(entry);

            return entry.Fault;
        }
    }

    private sealed class Entry(Fault fault, Func<RecordedRequest, bool> when)
    {
        public Fault Fault => fault;

        public Func<RecordedRequest, bool> When => when;

        public int Left { get; set; }
    }
}
