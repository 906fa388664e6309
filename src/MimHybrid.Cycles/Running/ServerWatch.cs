using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Client;
using MimHybrid.Store;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Looks, while something waits after a failure, whether the sync server answers again: whoever was invited since must not wait for the end
/// of a pause that grew while it was away. A question costs MIM nothing, and a try of a whole cycle would be a line in the run log.
/// </summary>
public sealed class ServerWatch(SyncServer server, CycleStore cycles, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private bool answered = true;
    private long? asked;

    /// <summary>
    /// Asks once a minute, however often the loop is woken meanwhile, writes down what has changed, and returns when to ask again.
    /// </summary>
    public async Task<DateTimeOffset> LookAsync(CancellationToken cancellationToken)
    {
        if (asked is { } last && Interval - time.GetElapsedTime(last) is var left && left > TimeSpan.Zero) return time.GetUtcNow() + left;

        var answers = await AnswersAsync(cancellationToken);
        if (answers != answered) cycles.RecordServer(answers, time.GetUtcNow());
        (answered, asked) = (answers, time.GetTimestamp());
        return time.GetUtcNow() + Interval;
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await server.ListManagementAgentsAsync(cancellationToken)).Count > 0;
        }
        catch (CimConnectionException)
        {
            return false;
        }
    }
}
