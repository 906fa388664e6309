using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Views;

/// <summary>Which cycles the reader wants to see: what stands in the address, so that it can be sent to a colleague.</summary>
public sealed record LogFilter
{
    public const int CyclesOnAPage = 50;

    /// <summary>Outcomes as the reader chooses among them.</summary>
    public static readonly IReadOnlyDictionary<string, (string Words, CycleOutcome[] Outcomes)> Choices =
        new Dictionary<string, (string, CycleOutcome[])>
        {
            ["well"] = ("ended well", [CycleOutcome.Succeeded]),
            ["look"] = ("found something to look into", [CycleOutcome.SucceededWithFindings]),
            ["failed"] = ("failed", [CycleOutcome.Failed]),
            ["stopped"] = ("stopped or held", [CycleOutcome.Stopped]),
            ["cut"] = ("cut off", [CycleOutcome.Abandoned]),
            ["running"] = ("running", [CycleOutcome.Running]),
            ["open"] = ("anything but well",
                [CycleOutcome.SucceededWithFindings, CycleOutcome.Failed, CycleOutcome.Stopped, CycleOutcome.Abandoned]),
        };

    public string? Outcome { get; init; }

    public string? Function { get; init; }

    public string? Sequence { get; init; }

    /// <summary>A day as yyyy-MM-dd, in the zone of the page.</summary>
    public string? From { get; init; }

    /// <summary>The last day, the same way.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    /// <summary>Cycles with lower numbers than this: the next page.</summary>
    public long? Before { get; init; }

    public static LogFilter Read(Func<string, string?> given) => new()
    {
        Outcome = given("outcome") is { } outcome && Choices.ContainsKey(outcome) ? outcome : null,
        Function = given("function"),
        Sequence = given("sequence"),
        From = DayOf(given("from")) is null ? null : given("from"),
        To = DayOf(given("to")) is null ? null : given("to"),
        Text = given("text")?.Trim(),
        Before = long.TryParse(given("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null,
    };

    public bool Narrows => new[] { Outcome, Function, Sequence, From, To, Text }.Any(each => !string.IsNullOrEmpty(each));

    /// <summary>As it stands in an address.</summary>
    public IEnumerable<(string Name, string? Value)> ToQuery() =>
    [
        ("outcome", Outcome), ("function", Function), ("sequence", Sequence), ("from", From), ("to", To), ("text", Text),
        ("before", Before?.ToString(CultureInfo.InvariantCulture)),
    ];

    public RunLogQuery ToRows(TimeZoneInfo zone) => new()
    {
        Last = CyclesOnAPage + 1,
        Outcomes = Outcome is { } chosen ? Choices[chosen].Outcomes : null,
        Function = Function is { Length: > 0 } ? Function : null,
        Sequence = Sequence is { Length: > 0 } ? Sequence : null,
        Since = DayOf(From) is { } from ? Midnight(from, zone) : null,
        Until = DayOf(To) is { } to ? Midnight(to.AddDays(1), zone) : null,
        Text = Text is { Length: > 0 } ? Text : null,
        Before = Before,
    };

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The beginning of a day; where the clocks are put forward over it, the first moment after.</summary>
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(time)) time = time.AddMinutes(15);
        return new DateTimeOffset(time, zone.GetUtcOffset(time)).ToUniversalTime();
    }
}
