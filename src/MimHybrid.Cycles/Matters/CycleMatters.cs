using MimHybrid.Mim.Results;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>Cycles that do not end well, and what those found that did.</summary>
internal static class CycleMatters
{
    /// <summary>So many failures in a row do not pass by themselves as a rule.</summary>
    private const int NoLongerPassing = 3;

    private const int ErrorsShown = 3;

    /// <summary>One matter for each cause: a password that is wrong fails every sequence.</summary>
    public static IEnumerable<OpenMatter> OfFailures(MatterFacts facts, MatterWords words) => facts.Snapshot.Failures.Keys
        .Select(sequence => new Failing(sequence, facts.Snapshot.Failures[sequence]))
        .OrderByDescending(each => each.Streak.LastEndedAt)
        .GroupBy(each => each.Streak.Why, StringComparer.Ordinal)
        .Select(same => OfCause([.. same], facts, words));

    private sealed record Failing(string Sequence, FailureStreak Streak);

    private static OpenMatter OfCause(IReadOnlyList<Failing> same, MatterFacts facts, MatterWords words)
    {
        var (last, person) = (same[0].Streak, same.Any(each => each.Streak.NeedsPerson));
        var count = same.Sum(each => each.Streak.Count);
        var sequences = same.Select(each => each.Sequence).Order(StringComparer.Ordinal).ToList();
        var waiting = facts.Snapshot.Pending.Count == 0 ? "" : $"; {facts.Snapshot.Pending} waiting";
        var often = count == 1 ? $"The last {sequences[0]} cycle" : $"The last {count} cycles of {string.Join(" and ", sequences)}";
        var (where, what, todo) = Explain(last, facts);
        return new OpenMatter($"cycles/{string.Join('+', sequences)}",
            person || count >= NoLongerPassing ? Severity.Error : Severity.Warning,
            $"{often} failed{where}{waiting}",
            $"{todo} {Again(facts, words)}; at once: mimhybrid --force. More: mimhybrid log {last.LastCycle}")
        {
            Details = [.. what, .. Waiting(facts)],
            Unnamed = what,
            Since = last.LastEndedAt,
        };
    }

    private static IEnumerable<string> Waiting(MatterFacts facts) =>
    [
        .. facts.Pending.Select(change => $"Waiting: {MatterWords.Person(change)}, {change.Words}"),
        .. MatterWords.More(facts.Snapshot.Pending.Count - facts.Pending.Count),
    ];

    /// <summary>Where it failed and with which word, what is to say of it beyond that, and apart from it what to do.</summary>
    private static (string Where, string[] What, string Do) Explain(FailureStreak failed, MatterFacts facts)
    {
        if (facts.Failed.FirstOrDefault(cycle => cycle.Id == failed.LastCycle) is not { FailureBrief: { } brief } cycle
            || cycle.Steps.LastOrDefault(step => !string.IsNullOrEmpty(step.Advice)) is not { Advice: { } advice } step)
            return ("", [], MatterWords.Sentence(failed.Why));
        var where = $"{step.ManagementAgent} {step.RunProfile}: {step.Result}";
        var more = brief.StartsWith($"{where}.", StringComparison.Ordinal) ? brief[(where.Length + 1)..].Trim() : brief;
        var (meaning, todo) = ResultWords.Explain(step.Result, advice);
        if (todo.Length == 0) return ($" at {where}", Lines(more), MatterWords.Sentence(meaning));
        var whatToDo = MatterWords.Sentence(char.ToUpperInvariant(todo[0]) + todo[1..]);
        return ($" at {where}", Lines(more), $"{MatterWords.Sentence(meaning)} {whatToDo}");
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : [MatterWords.Sentence(text)];

    private static string Again(MatterFacts facts, MatterWords words) =>
        facts is { Holder: not null, Next: { Action: "Hold" or "Wait", At: { } at } } && at > facts.Now
            ? $"The agent tries again at {words.Clock(at)}"
            : "The agent tries again by itself";

    public static IEnumerable<OpenMatter> OfFindings(MatterFacts facts) => facts.Findings.Select(OfFinding);

    private static OpenMatter OfFinding(StepFinding found)
    {
        var step = $"{found.ManagementAgent} {found.RunProfile}";
        var title = found.ErrorCount > 0
            ? $"{MatterWords.Count(found.ErrorCount, "object")} could not be worked on: {step} ended with {found.Result}"
            : found.Advice.Length > 0 ? $"{step} ended with {found.Result}" : $"{step} found something to look into";
        return new OpenMatter($"finding/{found.ManagementAgent}/{found.RunProfile}", Severity.Warning, title,
            (found.Advice.Length > 0 ? MatterWords.Sentence(found.Advice) : "Look into what it found.")
                + $" More: mimhybrid log {found.Cycle}")
        {
            Details =
            [
                .. found.Notes,
                .. found.Errors.Take(ErrorsShown).Select(Say),
                .. MatterWords.More(found.Errors.Count > ErrorsShown ? found.ErrorCount - ErrorsShown : 0),
            ],
            Unnamed = [.. MatterWords.ByType(found.Errors.Select(error => error.Type))],
        };
    }

    private static string Say(StepError error) => $"{RefusedAccount.NameOf(error.ObjectName)}: {error.Type} {error.Detail}".Trim();
}
