using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// A scheduler that follows the counters of each run (AutoSync, <see href="https://github.com/lithnet/miis-autosync/wiki"/>), and that
/// has no trigger for Graph: the guests' import runs when none has for an hour. What it staged is synchronized, what that made is exported,
/// and an export is read back.
/// </summary>
internal sealed class FollowUpSchedule : ISchedule
{
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenImports = TimeSpan.FromMinutes(60);

    public string Name => "counters followed, import each 60 minutes";

    public ScheduleReport Live(MonthSetup setup, TenantMonth tenant, ModelServer server)
    {
        for (var at = MonthSetup.Start + LoopSchedule.Delay; at < setup.End;)
        {
            server.BeginCycle();
            var import = Run(server, new Profile(OfGuests: true, StepKind.Import, IsFull: false), ref at);
            var next = import.At + BetweenImports;
            if (import is { Well: true, Done: > 0 }) Follow(server, ref at);
            if (next > at) at = next;
        }

        return ScheduleReport.Nothing;
    }

    private static void Follow(ModelServer server, ref DateTimeOffset at)
    {
        if (!Run(server, new Profile(OfGuests: true, StepKind.Synchronization, IsFull: false), ref at).Well) return;
        if (server.PendingExports == 0) return;
        if (!Run(server, new Profile(OfGuests: false, StepKind.Export, IsFull: false), ref at).Well) return;
        if (Run(server, new Profile(OfGuests: false, StepKind.Import, IsFull: false), ref at) is { Well: true, Done: > 0 })
            Run(server, new Profile(OfGuests: false, StepKind.Synchronization, IsFull: false), ref at);
    }

    private static RunEnd Run(ModelServer server, Profile profile, ref DateTimeOffset at)
    {
        var end = server.Run(profile, at + Before);
        at = end.At + After;
        return end;
    }
}
