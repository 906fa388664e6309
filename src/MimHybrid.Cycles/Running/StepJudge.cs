using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>
/// Says what follows from how a step ended, by the class of its word (MimHybrid.Mim/README.md#the-classes-of-result-words). No step follows
/// a failed one (src/README.md#statement-5).
/// </summary>
internal sealed class StepJudge(AgentSettings settings)
{
    private readonly RetryPolicy retries = new(settings.Retries);

    /// <param name="step">The step as it was run.</param>
    /// <param name="report">How it ended.</param>
    /// <param name="retried">How often it has been tried again already.</param>
    /// <param name="seed">Of the waits' jitter.</param>
    /// <param name="shuttingDown">Our own shutdown is stopping the run, and not a person.</param>
    public Verdict Judge(Step step, RunReport report, int retried, long seed, bool shuttingDown)
    {
        if (report.StoppedByDeadline) return JudgeTooLong(step, report.Result);

        return report.Result.Class switch
        {
            ResultClass.Success => new Verdict.GoOn(),
            ResultClass.Findings => JudgeFindings(step, report.Result),
            ResultClass.TryAgain when !shuttingDown => JudgePassing(step, report.Result, retried, seed),
            ResultClass.RunFullImport when step.ToFullImport() is { } full => new Verdict.Instead(
                full, $"MIM wants a full import ({report.Result.Raw}): {full.RunProfile} runs instead, once."),
            ResultClass.NeedsPerson when FullImportMayHelp(step, report.Result) is { } full => new Verdict.Instead(
                full, $"The connector failed ({report.Result.Raw}), as it does when its delta token is too old: "
                    + $"{full.RunProfile} runs instead, once."),
            ResultClass.StoppedByPerson or ResultClass.TryAgain when shuttingDown => new Verdict.End(CycleEnd.Shutdown),
            ResultClass.StoppedByPerson => new Verdict.End(
                Ended(CycleOutcome.Stopped, step, report.Result) with { StoppedBy = StoppedBy.Person },
                "Somebody stopped it: the cycle ends, what it "
                    + "has not carried waits, and the agent keeps away for a while."),
            ResultClass.StillRunning => new Verdict.End(
                Ended(CycleOutcome.Failed, step, report.Result), "It had not ended when its time was over; the cycle ends."),
            _ => new Verdict.End(
                Ended(CycleOutcome.Failed, step, report.Result) with { NeedsPerson = true },
                "A person is needed: trying again at once would not help."),
        };
    }

    private static Verdict.End JudgeTooLong(Step step, ResultWord word)
    {
        var limit = step.LongestRun is null ? "SyncServer:LongestRun" : "its LongestRun";
        return word.Class == ResultClass.StillRunning
            ? Fail(
                $"{step} runs longer than {limit} allows and did not stop when MIM was asked to stop it ({word.Raw}).",
                "It runs too long and does not stop; the cycle ends.")
            : Fail(
                $"{step} ran longer than {limit} allows and was stopped ({word.Raw}).",
                "It ran too long and was stopped; the cycle ends.");
    }

    /// <summary>Only the guests' connector has a delta token of its own (MimHybrid.Mim/README.md#a-delta-token-that-is-too-old).</summary>
    private Step? FullImportMayHelp(Step step, ResultWord word) =>
        word.FullImportMayHelp && step.Kind == StepKind.Import && settings.IsGuestSource(step.ManagementAgent) ? step.ToFullImport() : null;

    private Verdict JudgePassing(Step step, ResultWord word, int retried, long seed)
    {
        if (retries.WaitBeforeNext(word, retried, seed) is { } wait)
            return new Verdict.Again(wait, FormattableString.Invariant(
                $"{word.Raw} may pass: waits {wait.TotalSeconds:0.#} s and tries again ({retried + 1} of {retries.MostFor(word)})."));

        var tried = retried == 0 ? "" : FormattableString.Invariant($" It was tried {retried + 1} times.");
        return new Verdict.End(
            Ended(CycleOutcome.Failed, step, word, tried) with { NeedsPerson = word.NeedsPersonIfItStays },
            retried == 0 ? "It is not tried again within this cycle; the cycle ends." : "The retries are used up; the cycle ends.");
    }

    private Verdict JudgeFindings(Step step, ResultWord word) => (step.Kind, word) switch
    {
        (StepKind.Import, { ImportIncomplete: true }) when !settings.SynchronizeIncompleteImports => new Verdict.End(
            Ended(
                CycleOutcome.Failed,
                step,
                word,
                " No synchronization followed, because removals cannot be trusted (SynchronizeIncompleteImports allows it).") with
            {
                NeedsPerson = true,
            },
            "Not everything could be read, so removals cannot be trusted: nothing is synchronized."),
        (StepKind.Import, { ImportIncomplete: true }) => new Verdict.GoOn(
            "Not everything could be read; it is synchronized all the same, as SynchronizeIncompleteImports says."),
        _ => new Verdict.GoOn(word.Note),
    };

    private static Verdict.End Fail(string failure, string note) => new(new CycleEnd(CycleOutcome.Failed, failure), note);

    private static CycleEnd Ended(CycleOutcome outcome, Step step, ResultWord word, string more = "")
    {
        var advice = word.Advice.Length > 0 ? $" {word.Advice}" : "";
        return new CycleEnd(outcome, $"{step}: {word.Raw}.{advice}{more}") { Brief = $"{step}: {word.Raw}.{more}" };
    }
}
