using MimHybrid.Agent.Json;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Show;

/// <summary>The verdict and what is open, for people and for programs.</summary>
internal static class MatterText
{
    public static Sheet Of(AgentVerdict verdict)
    {
        var sheet = new Sheet();
        if (verdict.Open.Count != 1)
            sheet.Row(Mark(verdict), verdict.Sentence, verdict.Kind == VerdictKind.Well ? Tone.Good : Tone.Strong, ToneOf(verdict)).Blank();
        foreach (var matter in verdict.Open)
        {
            var tone = ToneOf(matter.Severity);
            sheet.Row("! ", matter.Title, tone, tone);
            foreach (var line in matter.Details) sheet.Row("  ", line);
            sheet.Row("  Do: ", matter.Do, labelTone: Tone.Strong).Blank();
        }

        return sheet;
    }

    public static string WordOf(VerdictKind kind) => kind switch
    {
        VerdictKind.Well => "well",
        VerdictKind.Open => "open",
        _ => "cannotTell",
    };

    public static IReadOnlyList<OpenLine> ToLines(IEnumerable<OpenMatter> open) =>
    [
        .. open.Select(matter => new OpenLine(
            matter.Id, matter.Severity == Severity.Error ? "error" : "warning", matter.Title, matter.Details, matter.Do, matter.Since)),
    ];

    private static string Mark(AgentVerdict verdict) => verdict.Kind switch
    {
        VerdictKind.Well => "",
        VerdictKind.Open => "! ",
        _ => "? ",
    };

    private static Tone ToneOf(AgentVerdict verdict) => verdict.Kind switch
    {
        VerdictKind.Well => Tone.Good,
        VerdictKind.CannotTell => Tone.Warning,
        _ => ToneOf(verdict.Open.Max(matter => matter.Severity)),
    };

    private static Tone ToneOf(Severity severity) => severity == Severity.Error ? Tone.Bad : Tone.Warning;
}
