using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Looks, after a synchronization, whether something ran beside it on another management agent. Nothing can prevent that: MIM keeps two
/// synchronizations apart (0x8023063D) and two runs of one agent, but an import or export that somebody starts elsewhere between our look
/// and our start, or while we synchronize, it lets run, although nothing should (README.md#what-may-run-together). Two agents of this
/// program on two machines meet like this as well. So it is told afterwards; what it may have done to our run has words of its own, such as
/// <c>stopped-deadlocked</c>, and is tried again.
/// </summary>
internal sealed class Overlaps(Provider provider)
{
    // Runs last; one that began long before ours and still ran beside it would have been seen by the look before the start.
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(5);

    private readonly MiisRunHistory history = new(provider);

    public async Task TellAsync(RunRequest request, RunReport report, Tell tell, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var other in await history.ReadAllSinceAsync(report.StartedAt - LookBack, cancellationToken))
            {
                if (IsOn(request.ManagementAgent, other) || !IsBeside(report, other)) continue;
                var caller = await ReadCallerAsync(other, cancellationToken);
                if (caller.Length > 0) tell(Say(other, $", started by {caller}"), Say(other, ", started by somebody"));
                else tell(Say(other, ""));
            }
        }
        catch (Exception exception) when (exception is CimConnectionException or OperationCanceledException)
        {
            // The run itself is over and reported; this was worth a question, and no more.
        }
    }

    private static string Say(RunRecord other, string started) => FormattableString.Invariant(
        $"While it ran, '{other.RunProfile}' ran on {other.ManagementAgent} too (run {other.RunNumber}{started}). ")
        + "Nothing should run beside a synchronization: look for another program or person that drives this server.";

    /// <summary>Empty where the details cannot be read, or do not say it: that it ran beside ours is known all the same.</summary>
    private async Task<string> ReadCallerAsync(RunRecord run, CancellationToken cancellationToken)
    {
        try
        {
            return (await history.ReadDetailsAsync(run, errorsKept: 0, cancellationToken)).Caller;
        }
        catch (CimConnectionException)
        {
            return "";
        }
    }

    private static bool IsOn(string managementAgent, RunRecord run) =>
        run.ManagementAgent.Equals(managementAgent, StringComparison.OrdinalIgnoreCase);

    private static bool IsBeside(RunReport report, RunRecord other) =>
        other.StartedAt < report.EndedAt && (other.EndedAt is not { } end || end > report.StartedAt);
}
