using System.Globalization;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Words;

/// <summary>
/// Tells a guest's story from the run log. MIM counts objects and names only those with errors, so that what a step did for this guest is
/// what it did for all of its cycle, unless the guest's own account is among the errors.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="agentRuns">Whether an agent is there to work on what says that it runs.</param>
public sealed class GuestTeller(AgentReader store, bool agentRuns)
{
    private readonly Dictionary<long, CycleRecord?> cycles = [];
    private readonly IReadOnlyList<RefusedExports> refused = store.ReadRefused();

    public GuestTale Tell(GuestStory story)
    {
        var events = new List<GuestEvent>();
        GuestTale tale = new(story, GuestStage.Unknown, "nothing of this guest is in the run log");
        foreach (var change in story.Changes)
        {
            if (change.Change.InvitedAt is { } invited)
                events.Add(new GuestEvent(invited, "invited in the tenant") { Kind = GuestEventKind.Invited });
            events.Add(new GuestEvent(change.Change.DetectedAt, $"seen by the agent: {change.Change.Words}")
            {
                Kind = GuestEventKind.Seen,
            });
            tale = Waiting(story, change);
            foreach (var cycle in change.Cycles.Select(Head).OfType<CycleRecord>()) tale = Follow(story, change, cycle, events);
        }

        return tale with { Events = [.. events.DistinctBy(each => (each.At, each.Text)).OrderBy(each => each.At)] };
    }

    private GuestTale Waiting(GuestStory story, StoryChange change) => change.CarriedBy is null
        ? new GuestTale(story, GuestStage.Waiting, $"{change.Change.Words} in the tenant, and waits for its cycle")
        {
            Detail = store.ReadDecision()?.Reason,
        }
        : new GuestTale(story, GuestStage.Unknown, $"{change.Change.Words} in the tenant; the run log of its cycle is gone");

    /// <summary>What one cycle did for the guest, and how far it has come with it.</summary>
    private GuestTale Follow(GuestStory story, StoryChange change, CycleRecord cycle, List<GuestEvent> events)
    {
        events.Add(new GuestEvent(cycle.StartedAt, $"cycle {cycle.Id} began: {CycleWords.Why(cycle)}", cycle.Id));
        StepRecord? export = null, confirming = null;
        StepError? error = null;
        foreach (var step in cycle.Steps.Where(step => step.EndedAt is not null))
        {
            var own = step.Errors.FirstOrDefault(each => IsOf(story, each));
            if (StepKinds.Of(step) == StepKind.Export) (export, error, confirming) = (step, own, null);
            else if (export is not null && step.ManagementAgent == export.ManagementAgent && StepKinds.Of(step) == StepKind.Import)
                confirming = step;
            events.Add(Event(cycle, step, own, isConfirming: confirming == step));
            if (error is not null) break; // what follows is about the others
        }

        return cycle switch
        {
            { Outcome: CycleOutcome.Running } when !agentRuns => new GuestTale(story, GuestStage.Failing,
                $"cycle {cycle.Id} was cut off; the next start of the agent looks how far MIM came"),
            { Outcome: CycleOutcome.Running } => new GuestTale(story, GuestStage.Running, $"cycle {cycle.Id} works on it now"),
            { EndedWell: false } => Failing(story, cycle),
            _ when Observed.Is(cycle.Sequence) => new GuestTale(story, GuestStage.Observed,
                $"{change.Change.Words}: cycle {cycle.Id} only observed it; the account comes from whatever else runs MIM"),
            _ when error is not null && export is not null => Refused(story, cycle, export, error, events),
            _ when store.ReadArrival(cycle.Id) is { Missing: > 0 } arrival => Missing(story, cycle, arrival),
            _ => Carried(story, change, export, confirming),
        };
    }

    private static GuestTale Carried(GuestStory story, StoryChange change, StepRecord? export, StepRecord? confirming) =>
        (export, confirming) switch
        {
            ({ } written, { } read) => new GuestTale(story, GuestStage.Confirmed,
                $"{change.Change.Words}: written to the directory of {written.ManagementAgent}{Run(written)} and confirmed{Run(read)}"),
            ({ } written, null) => new GuestTale(story, GuestStage.Written,
                $"{change.Change.Words}: written to the directory of {written.ManagementAgent}{Run(written)}"),
            _ => new GuestTale(story, GuestStage.NothingToWrite, $"{change.Change.Words}: MIM had nothing to write for it"),
        };

    /// <summary>Until a later export of the same run profile no longer names the account.</summary>
    private GuestTale Refused(GuestStory story, CycleRecord cycle, StepRecord export, StepError error, List<GuestEvent> events)
    {
        if (!refused.Any(each => each.ManagementAgent == export.ManagementAgent
                && each.Accounts.Any(account => account.ObjectName == error.ObjectName)))
        {
            var taken = store.ReadExportsAfter(cycle.Id, export.ManagementAgent, export.RunProfile)
                .FirstOrDefault(later => !later.Step.Errors.Any(each => IsOf(story, each)));
            if (taken is null) return new GuestTale(story, GuestStage.Written, "the directory refused it once, and no longer does");
            var text = $"{export.ManagementAgent} exported{Run(taken.Step)}: accepted this time";
            events.Add(new GuestEvent(taken.Step.EndedAt!.Value, text, taken.Cycle, taken.Step.RunNumber)
            {
                Kind = GuestEventKind.Exported,
            });
            return new GuestTale(story, GuestStage.Written,
                $"the directory of {export.ManagementAgent} refused it at first, and accepted it in cycle {taken.Cycle}{Run(taken.Step)}");
        }

        return new GuestTale(story, GuestStage.Refused, $"the directory of {export.ManagementAgent} refused the account")
        {
            Detail = Say(error),
            Do = $"{ExportErrors.Do(error.Type, export.ManagementAgent)} The next cycle tries again; to try now: mimhybrid --force.",
        };
    }

    private static GuestTale Failing(GuestStory story, CycleRecord cycle) => new(
        story, GuestStage.Failing, $"still waits: cycle {cycle.Id} did not end well ({CycleWords.Result(cycle)})")
    {
        Detail = cycle.FailureBrief ?? cycle.Failure,
        Do = $"mimhybrid status says what is open, and mimhybrid log {cycle.Id} what happened. The agent tries again by itself.",
    };

    private static GuestTale Missing(GuestStory story, CycleRecord cycle, ArrivalRecord arrival) => new(
        story, GuestStage.Missing, $"MIM did not show every guest of cycle {cycle.Id}; this one may be missing")
    {
        Detail = arrival.ToString(),
        Do = $"Look in Synchronization Service Manager whether MIM has the guest, and at the filter. More: mimhybrid log {cycle.Id}",
    };

    private static GuestEvent Event(CycleRecord cycle, StepRecord step, StepError? error, bool isConfirming)
    {
        var did = StepKinds.Of(step) switch
        {
            StepKind.Export => "exported",
            StepKind.Synchronization => "synchronized",
            StepKind.Import when isConfirming => "read back what was written",
            StepKind.Import => "imported",
            _ => $"ran {step.RunProfile}",
        };
        var result = error is not null ? $": refused, {Say(error)}" : cycle.EndedWell || step.Result is "success" ? "" : $": {step.Result}";
        var text = $"{step.ManagementAgent} {did}{Run(step)}{result}";
        return new GuestEvent(step.EndedAt!.Value, text, cycle.Id, step.RunNumber, error is not null)
        {
            Kind = StepKinds.Of(step) switch
            {
                StepKind.Export => GuestEventKind.Exported,
                StepKind.Synchronization => GuestEventKind.Synchronized,
                StepKind.Import => isConfirming ? GuestEventKind.Confirmed : GuestEventKind.Imported,
                _ => GuestEventKind.Other,
            },
        };
    }

    private static string Say(StepError error) => $"{error.Type} {error.Detail.TrimEnd('.')}".Trim();

    private static string Run(StepRecord step) =>
        step.RunNumber is { } run ? string.Create(CultureInfo.InvariantCulture, $" (run {run})") : "";

    /// <summary>A directory names an account by its common name, for which rules as a rule take the display name.</summary>
    private static bool IsOf(GuestStory story, StepError error)
    {
        var name = RefusedAccount.NameOf(error.ObjectName);
        return name == story.Name || name == story.Mail || story.Changes.Any(change => change.Change.Name == name);
    }

    private CycleRecord? Head(long id)
    {
        if (!cycles.TryGetValue(id, out var cycle)) cycles[id] = cycle = store.ReadProgress(id);
        return cycle;
    }
}
