using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Show;

/// <summary>How the agent is, for people: the verdict, what is open, and a few short rows.</summary>
internal sealed class StatusText(StatusReport report)
{
    private const int LabelWidth = 8;

    private readonly StatusRows rows = new(report);

    /// <param name="verbose">Everything that is known, too.</param>
    public Sheet ToSheet(bool verbose)
    {
        var sheet = Add(MatterText.Of(report.Verdict), rows.Main(verbose));
        return verbose ? Add(sheet.Blank(), rows.TheRest()) : sheet;
    }

    private static Sheet Add(Sheet sheet, IEnumerable<StatusRow> rows)
    {
        foreach (var row in rows) sheet.Row(row.Name.PadRight(LabelWidth), row.Text, labelTone: Tone.Strong);
        return sheet;
    }
}
