using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Settings;

/// <summary>As in Azure Functions: one trigger and what it starts. Each trigger reads the settings that concern it.</summary>
public sealed class FunctionSettings
{
    public TriggerKind Trigger { get; set; }

    public bool Enabled { get; set; } = true;

    public string Sequence { get; set; } = "";

    /// <summary>
    /// A trial beside whatever runs MIM today: the function decides as always, and its cycles are in the run log with the steps that they
    /// would run, but no run profile is started.
    /// </summary>
    public bool Observe { get; set; }

    /// <summary>The name of what it runs, or observes.</summary>
    internal string RunsAs() => Observe ? Observed.Name(Sequence) : Sequence;

    /// <summary>GraphDelta: the pause between two polls.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// GraphDelta: how long it must be quiet before pending changes start a cycle. Short, because a guest waits: where MIM reads a replica
    /// of Graph that does not have the guest yet, the cycle looks again (Arrival).
    /// </summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>GraphDelta: the longest that a guest who came waits for quiet.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// GraphDelta: how long removals and edits wait for a guest to come, whose cycle carries them too. Nobody waits for them: whoever is
    /// gone from the tenant, or disabled in it, cannot sign in there any more, whatever becomes of the account.
    /// </summary>
    public TimeSpan EditsAndRemovalsWait { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// GraphDelta: the kinds of change that start a cycle, all when left out or empty. The others are counted, and the next cycle carries
    /// them like anything else that MIM's import finds; removals are never hidden from the removal guard.
    /// </summary>
    public ChangeKind[]? On { get; set; }

    /// <summary>Timer: how long after the last success of its sequence it is due.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Timer: the times at which it is due, in place of Interval: a cron expression of five fields in the server's time zone, e.g.
    /// <c>30 4 * * *</c>. However many were missed, while the server was off or in a maintenance window, it runs once for all of them, as
    /// soon as it may; one that its sequence has ended well since is over, whoever started that. Where clocks are put forward over such a
    /// time it comes right after, where they are put back it comes once.
    /// </summary>
    public string? Cron { get; set; }
}
