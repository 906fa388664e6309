using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>The run log for a spreadsheet.</summary>
internal static class LogCsv
{
    public const string Head = "cycle,startedAt,endedAt,seconds,function,sequence,outcome,reason,result,added,updated,removed,restored,"
        + "refused,guests,failure";

    public static string Of(CycleRecord cycle)
    {
        long Count(ChangeKind kind) => cycle.Changes.Count(change => change.Kind == kind);
        object?[] cells =
        [
            cycle.Id, JsonTime.Of(cycle.StartedAt), cycle.EndedAt is { } end ? JsonTime.Of(end) : null,
            cycle.EndedAt is { } ended ? Math.Round((ended - cycle.StartedAt).TotalSeconds, 1) : null,
            cycle.Function, cycle.Sequence, cycle.Outcome, cycle.Reason, CycleWords.Result(cycle),
            Count(ChangeKind.Added), Count(ChangeKind.Updated), Count(ChangeKind.Removed), Count(ChangeKind.Restored), cycle.Refused,
            string.Join("; ", cycle.Changes.Select(GuestText.Of)), cycle.Failure,
        ];
        return CsvLine.Of(cells);
    }
}
