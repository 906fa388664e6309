using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks.Months;

/// <summary>The results as Markdown, and what the bars say of them.</summary>
internal static class MonthTable
{
    /// <summary>The least by which the old loop's median has to be longer, where a tenant has 50,000 users.</summary>
    private const int Times = 50;

    private static readonly (string Name, Func<MonthResult, double> Value, Func<double, string> Text)[] Columns =
    [
        ("median", result => result.Median, Duration),
        ("without bursts", result => result.MedianWithoutBursts, Duration),
        ("95th", result => result.Percentile95, Duration),
        ("longest", result => result.Longest, Duration),
        ("outages apart", result => result.LongestWithoutOutages, Duration),
        ("median until exported", result => result.MedianExported, Duration),
        ("MIM busy", result => result.BusyHours, Hours),
        ("profiles run", result => result.ProfilesRun, Count),
        ("synchronizations for nothing", result => result.IdleSynchronizations, Count),
        ("requests to Graph", result => result.Requests, Count),
        ("exported after a failed import", result => result.ExportedAfterFailedImport, Count),
        ("pending at the end", result => result.Pending, Count),
    ];

    private const string Behind = "who is invited while a long cycle runs waits for it and for the next";

    /// <summary>Why MimHybrid is worse in a column, where it is and we know.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["95th"] = Behind,
        ["outages apart"] = $"{Behind}, and who is invited just after an outage waits for the end of a pause after failures",
        ["longest"] = $"{Behind}, and a pause after failures may outlast the outage",
        ["MIM busy"] = "a change is brought when it is seen, in a cycle of its own, where the other gathers what an hour brought; "
            + "what the timed sequences add stands above",
        ["profiles run"] = "as for the hours",
        ["synchronizations for nothing"] = "those of the sequences whose synchronizations have no condition, as above",
        ["requests to Graph"] = "a poll each minute, 43,200 in thirty days, and what MIM's full imports read; "
            + "the other asks when its hour or half hour has come, and knows of nothing in between",
    };

    public static string Write(MonthSetup setup, IReadOnlyList<MonthResult> results)
    {
        var text = new StringBuilder();
        foreach (var size in results.GroupBy(result => result.Users))
        {
            var rows = size.ToArray();
            text.Append(CultureInfo.InvariantCulture, $"{Count(size.Key)} users, {Count(rows[0].Invited)} invitations:\n\n");
            WriteRows(text, rows);
            WriteComparison(text, rows);
        }

        return text.Append(CultureInfo.InvariantCulture, $"{Sentence(setup)}\n").ToString();
    }

    /// <summary>What a month costs in which nothing changes: the loop, then MimHybrid.</summary>
    public static string WriteQuiet(MonthResult loop, MonthResult ours) => string.Create(
        CultureInfo.InvariantCulture,
        $"A month in which nothing changes, {Count(ours.Users)} users: MIM is busy for {Hours(ours.BusyHours)} under MimHybrid and for "
        + $"{Hours(loop.BusyHours)} under the old loop{Bar("a tenth of that", 10 * ours.BusyHours <= loop.BusyHours, ours)}; "
        + $"{Count(ours.ProfilesRun)} profiles run, {Count(ours.IdleSynchronizations)} synchronizations for nothing.\n");

    private static void WriteRows(StringBuilder text, MonthResult[] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| schedule | {string.Join(" | ", Columns.Select(column => column.Name))} |\n");
        text.Append(CultureInfo.InvariantCulture, $"|---|{string.Concat(Columns.Select(_ => "---|"))}\n");
        foreach (var row in rows)
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.Schedule} | {string.Join(" | ", Columns.Select(column => column.Text(column.Value(row))))} |\n");
        text.Append('\n');
    }

    /// <summary>MimHybrid, the last row, beside the old loop, the first, and beside the best of each column.</summary>
    private static void WriteComparison(StringBuilder text, MonthResult[] rows)
    {
        var (loop, ours) = (rows[0], rows[^1]);
        if (ours.Invited > 0)
            text.Append(
                CultureInfo.InvariantCulture,
                $"- The old loop's median is {Ratio(loop.Median, ours.Median)} times MimHybrid's"
                + $"{Bar($"{Times}", loop.Median >= Times * ours.Median, ours)}; "
                + $"until exported it is {Ratio(loop.MedianExported, ours.MedianExported)} times.\n"
                + $"- MIM is busy for {Ratio(loop.BusyHours, ours.BusyHours)} times as long under the old loop"
                + $"{Bar("4", loop.BusyHours >= 4 * ours.BusyHours, ours)}; the longest wait, outages apart, is "
                + $"{Duration(ours.LongestWithoutOutages)}{Bar("5 minutes", ours.LongestWithoutOutages < 300, ours)}.\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            - MIM's hours under MimHybrid: {string.Join("; ", ours.Cycles.Select(cycles => Describe(cycles, ours.Months)))}.
            - Requests to Graph under MimHybrid: {Count(ours.RequestsOfTheAgent)} by the agent, {Count(ours.RequestsOfMim)} by MIM.

            """);
        if (ours.Approvals > 0)
            text.Append(CultureInfo.InvariantCulture, $"- Removals had to be approved {Count(ours.Approvals)} times.\n");
        foreach (var (name, value, show) in Columns)
        {
            var best = rows.MinBy(value)!;
            if (show(value(best)) == show(value(ours))) continue;
            var reason = Reasons.GetValueOrDefault(name, "**no reason is known**");
            text.Append(
                CultureInfo.InvariantCulture,
                $"- {name}: {show(value(ours))}, worse than {show(value(best))} of \"{best.Schedule}\": {reason}.\n");
        }

        text.Append('\n');
    }

    private static string Describe(SequenceReport cycles, double months) => string.Create(
        CultureInfo.InvariantCulture,
        $"`{cycles.Sequence}` {Hours(cycles.BusyHours / months)} in {Count(cycles.Cycles / months)} cycles, "
        + $"the longest {cycles.LongestMinutes:0} min, {Count(cycles.IdleSynchronizations / months)} synchronizations for nothing");

    private static string Sentence(MonthSetup setup) => string.Create(
        CultureInfo.InvariantCulture,
        $"The model: {setup.ProfileStart.TotalSeconds} s a profile, {setup.FullImport.TotalMilliseconds} ms an object for a full import, "
        + $"{setup.FullSynchronization.TotalMilliseconds} ms for a full synchronization, "
        + $"{setup.Change.TotalMilliseconds} ms a changed object; "
        + $"{setup.InvitationsADay} invitations a working day and two bursts of {setup.Burst}; "
        + $"the mean, or the whole, of {setup.Months} months of {setup.Days} days, from seed {setup.Seed} on.");

    private static string Bar(string bar, bool met, MonthResult ours) =>
        ours.Users != 50_000 ? "" : $" (the bar, {bar}, is {(met ? "met" : "**not met**")})";

    private static string Ratio(double one, double other) => (one / other).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Duration(double seconds) => seconds switch
    {
        0 => "none",
        < 600 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
    };

    private static string Hours(double hours) => string.Create(CultureInfo.InvariantCulture, $"{hours:0.0} h");

    private static string Count(double count) => count.ToString(count is > 0 and < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}
