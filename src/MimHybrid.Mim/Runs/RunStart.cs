namespace MimHybrid.Mim.Runs;

/// <summary>What was known just before Execute was called; a run is ours only if it is newer than that.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="LastRunNumber">The number of the agent's last run; 0 if it has no history.</param>
/// <param name="At">By our clock, UTC.</param>
internal sealed record RunStart(RunRequest Request, int LastRunNumber, DateTimeOffset At)
{
    /// <summary>
    /// The server's clock, by which a run begins, and ours may differ; Kerberos allows no more than minutes. Where the number was asked for
    /// just before, it decides anyway.
    /// </summary>
    public TimeSpan ClockSlack { get; init; } = TimeSpan.FromHours(1);
}
