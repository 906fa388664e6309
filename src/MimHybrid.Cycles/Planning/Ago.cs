using System.Globalization;

namespace MimHybrid.Cycles.Planning;

/// <summary>Spans of time as a person says them: "3 s", "12 min", "1.5 hours", "4 days".</summary>
public static class Ago
{
    public static string Span(TimeSpan span) => span switch
    {
        { TotalDays: >= 2 } => Say(span.TotalDays, "0", "days"),
        { TotalHours: >= 2 } => Say(span.TotalHours, "0.#", "hours"),
        { TotalMinutes: >= 1 } => Say(span.TotalMinutes, "0", "min"),
        _ => Say(Math.Max(0, span.TotalSeconds), "0", "s"),
    };

    private static string Say(double count, string format, string unit) =>
        $"{count.ToString(format, CultureInfo.InvariantCulture)} {unit}";
}
