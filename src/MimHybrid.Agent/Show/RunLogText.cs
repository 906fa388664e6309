using System.Globalization;
using MimHybrid.Cycles.Planning;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>One cycle in full, for people.</summary>
/// <param name="zone">The time zone of the times.</param>
/// <param name="verbose">With MIM's own counters in the place of words.</param>
internal sealed class RunLogText(TimeZoneInfo zone, bool verbose = false)
{
    private const string Indent = "            ";
    private const string BelowStep = "         ";

    public Sheet Of(CycleRecord cycle)
    {
        var tale = new CycleTale(cycle);
        var sheet = new Sheet().Row($"Cycle {cycle.Id}  ", $"{Local(cycle.StartedAt)}  {cycle.Function} {cycle.Sequence}  "
            + $"{cycle.Outcome.ToWords()}{Apart(ToldStep.Span(cycle.StartedAt, cycle.EndedAt))}", Tone.Strong, Tone.Strong);
        sheet.Row("  because   ", cycle.Reason);
        AddChanges(sheet, tale);
        if (tale.Approved is { } approved) sheet.Row("  approved  ", $"{approved}, {Local(cycle.Approval!.At)}");
        AddDecisions(sheet, tale.Before);
        foreach (var step in tale.Steps) AddStep(sheet, step);
        if (tale.Arrival is { } arrival) sheet.Row("  arrival   ", arrival);
        if (tale.Ended is { } failure) sheet.Row("  ended     ", failure, Tone.Bad);
        if (tale.Then is { } next) sheet.Row("  then      ", next);
        return sheet.Blank();
    }

    /// <summary>MIM's number of a run; nothing where MIM started none.</summary>
    public static string Run(int? number) => number is { } run ? string.Create(CultureInfo.InvariantCulture, $"  run {run}") : "";

    private void AddChanges(Sheet sheet, CycleTale tale)
    {
        foreach (var told in tale.Changes)
            sheet.Row($"  {told.Change.Words,-9} ",
                $"{told.Who}, seen {Local(told.Change.DetectedAt)}{(told.Fate.Length > 0 ? $": {told.Fate}" : "")}", told.Tone);
        if (tale.MoreChanges > 0) sheet.Row(Indent, $"and {tale.MoreChanges} more (all of them: --json)");
    }

    private void AddStep(Sheet sheet, ToldStep told)
    {
        var step = told.Step;
        var label = $"  {step.ManagementAgent,-6} {step.RunProfile,-26} ";
        var counters = verbose ? CounterWords.Raw(step.Counters) : told.Counters;
        sheet.Row(
            label, told.IsSkipped ? told.Result : $"{told.Result}{Run(step.RunNumber)}{Apart(told.Took)}{Apart(counters)}", told.Tone);
        if (!told.IsSkipped) AddBelow(sheet, told);
        AddDecisions(sheet, told.Decisions);
    }

    private static void AddBelow(Sheet sheet, ToldStep told)
    {
        foreach (var (name, said) in told.Errors) sheet.Row(BelowStep, $"{name}: {said}", Tone.Bad);
        if (told.MoreErrors is { } more) sheet.Row(BelowStep, more);
        if (told.Advice is { } advice) sheet.Row(BelowStep, advice);
    }

    private static void AddDecisions(Sheet sheet, IReadOnlyList<string> decisions)
    {
        foreach (var decision in decisions) sheet.Row("         - ", decision);
    }

    private static string Apart(string text) => text.Length > 0 ? $"  {text}" : "";

    private string Local(DateTimeOffset time) => WallClock.WithDate(time, zone);
}
