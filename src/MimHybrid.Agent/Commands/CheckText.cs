using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Commands;

/// <summary>
/// What the checks found, as they find it: what one cause explains is one line, advice that several lines share stands once, and a line at
/// the end sums up.
/// </summary>
internal sealed class CheckText(Action<Sheet> show)
{
    private readonly List<Finding> held = [];

    public void Tell(Finding finding)
    {
        if (held.Count > 0 && !IsOfOneCause(held[^1], finding)) Show();
        held.Add(finding);
    }

    public void End(IReadOnlyList<Finding> all)
    {
        Show();
        int Count(FindingState state) => all.Count(finding => finding.State == state);
        var (failed, warnings) = (Count(FindingState.Failed), Count(FindingState.Warning));
        string[] parts =
        [
            .. Counted.Part(failed, "failed"),
            .. Counted.Part(warnings, warnings == 1 ? "warning" : "warnings"),
            .. Counted.Part(Count(FindingState.Ok), "ok"),
            .. Counted.Part(Count(FindingState.Skipped), "skipped"),
        ];
        var (verdict, tone) = (failed, warnings) switch
        {
            (0, 0) => ("All is well", Tone.Good),
            (0, _) => ("Nothing failed", Tone.Warning),
            _ => ("Start with the first that failed, then check again", Tone.Bad),
        };
        show(new Sheet().Line($"{verdict}: {string.Join(", ", parts)}.", tone));
    }

    private static bool IsOfOneCause(Finding one, Finding other) =>
        one.State == other.State && one.Todo == other.Todo && one.Todo is not null && (one.Name == other.Name || one.Saw == other.Saw);

    private void Show()
    {
        var sheet = new Sheet();
        if (held is [var first, _, ..] && held.All(finding => finding.Saw == first.Saw))
        {
            var others = string.Join(", ", held.Skip(1).Select(finding => finding.Name));
            Add(sheet, first, $"{first.Saw} (the same: {others})", first.Todo);
        }
        else
        {
            foreach (var finding in held) Add(sheet, finding, finding.Saw, finding == held[^1] ? finding.Todo : null);
        }

        if (held.Count > 0) show(sheet);
        held.Clear();
    }

    private static void Add(Sheet sheet, Finding finding, string saw, string? todo) => sheet.Row(
        $"{finding.Word,-7}  {finding.Name,-17}  ", todo is null ? saw : $"{saw}{(char.IsUpper(todo[0]) ? "." : ";")} {todo}",
        LabelTone(finding.State), LabelTone(finding.State));

    private static Tone LabelTone(FindingState state) => state switch
    {
        FindingState.Failed => Tone.Bad,
        FindingState.Warning => Tone.Warning,
        FindingState.Skipped => Tone.Faint,
        _ => Tone.Plain,
    };
}
