using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>One line of the list: a cycle, or several quiet ones in a row.</summary>
/// <param name="From">When the first of them began.</param>
/// <param name="Cycles">Its number, or the first and the last.</param>
/// <param name="Why">Why it ran, and for whom.</param>
/// <param name="Result">What came of it.</param>
public sealed record LogRow(DateTimeOffset From, string Cycles, string Why, string Result)
{
    public string Took { get; init; } = "";

    public Tone Tone { get; init; }

    public static LogRow Of(CycleRecord cycle) => new(
        cycle.StartedAt, cycle.Id.ToString(CultureInfo.InvariantCulture), Cause(cycle), CycleWords.Result(cycle))
    {
        Took = cycle.EndedAt is { } end ? Ago.Span(end - cycle.StartedAt) : "",
        Tone = CycleWords.ToneOf(cycle),
    };

    /// <summary>A week of hours in which nothing was to be done is one line.</summary>
    public static IEnumerable<LogRow> Fold(IEnumerable<CycleRecord> cycles)
    {
        var quiet = new List<CycleRecord>();
        foreach (var cycle in cycles)
        {
            if (CycleWords.IsQuiet(cycle))
            {
                quiet.Add(cycle with { Changes = [], Steps = [] });
                continue;
            }

            foreach (var row in Quiet(quiet)) yield return row;
            quiet.Clear();
            yield return Of(cycle);
        }

        foreach (var row in Quiet(quiet)) yield return row;
    }

    private static IEnumerable<LogRow> Quiet(List<CycleRecord> quiet) => quiet switch
    {
        [] => [],
        [var one] => [Of(one) with { Result = "nothing had to be written", Tone = Tone.Faint }],
        [var first, .., var last] =>
        [
            new LogRow(first.StartedAt, $"{first.Id}-{last.Id}", $"{quiet.Count} timed cycles", "nothing had to be written")
            {
                Tone = Tone.Faint,
            },
        ],
    };

    private static string More(long changes) => changes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {changes} more");

    /// <summary>"added Lena Brandt", "3 added, 1 removed", "timed (FallbackCycle)", "forced by ada: 2 added".</summary>
    private static string Cause(CycleRecord cycle)
    {
        var guests = cycle.Changes switch
        {
            [] => "",
            [var only] => $"{only.Words} {only.Name ?? only.Mail ?? only.Id}",
            var all => string.Join(", ", all.GroupBy(change => change.Kind).OrderBy(same => same.Key)
                .Select(same => $"{same.Count()} {same.Key.ToString().ToLowerInvariant()}")) + More(cycle.MoreChanges),
        };
        return (cycle.Trigger, guests.Length) switch
        {
            (TriggerKind.GraphDelta, > 0) => guests,
            (_, > 0) => $"{CycleWords.Why(cycle)}: {guests}",
            _ => CycleWords.Why(cycle),
        };
    }
}
