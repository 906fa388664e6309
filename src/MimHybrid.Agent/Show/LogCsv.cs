using System.Globalization;
using System.Text.RegularExpressions;
using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>
/// The run log for a spreadsheet (https://www.rfc-editor.org/rfc/rfc4180). Whoever is invited chooses a name, and a spreadsheet takes a
/// text that begins like a formula for one: such a text gets an apostrophe before it
/// (https://owasp.org/www-community/attacks/CSV_Injection).
/// </summary>
internal static partial class LogCsv
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
        return string.Join(
            ',', cells.Select(cell => cell is string text ? Text(text) : Convert.ToString(cell, CultureInfo.InvariantCulture)));
    }

    private static string Text(string text)
    {
        var harmless = BeginsLikeAFormula.IsMatch(text) ? $"'{text}" : text;
        return harmless.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? harmless
            : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>After blanks, too; and in the full width of East Asian keyboards, which a spreadsheet may take for the same.</summary>
    [GeneratedRegex(@"^\s*[=+\-@\t\r\n＝＋－＠]", RegexOptions.CultureInvariant)]
    private static partial Regex BeginsLikeAFormula { get; }
}
