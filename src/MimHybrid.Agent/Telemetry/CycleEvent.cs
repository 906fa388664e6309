using System.Globalization;
using MimHybrid.Agent.Json;
using MimHybrid.Store.Rows;
using MimHybrid.Store.Telemetry;

namespace MimHybrid.Agent.Telemetry;

/// <summary>
/// A cycle of the run log as one record with attributes. A record and not the cycle's span, because a span may be sampled away and has
/// no place for a list of steps; and one and not several, so that a workbook's row is a row.
/// </summary>
internal static class CycleEvent
{
    /// <param name="cycle">As the run log keeps it.</param>
    /// <param name="withPersons">Whether guests and administrators may be named.</param>
    public static List<KeyValuePair<string, object?>> AttributesOf(CycleRecord cycle, bool withPersons)
    {
        var attributes = new List<KeyValuePair<string, object?>>();
        string? Say(string? text, string? unnamed) => withPersons ? text : unnamed ?? text;
        void Add(string name, object? value)
        {
            if (value is not null) attributes.Add(new(name, value));
        }

        Add(TelemetryNames.Key.CycleId, cycle.Id);
        Add(TelemetryNames.Key.Function, cycle.Function);
        Add(TelemetryNames.Key.Trigger, TelemetryWords.Snake(cycle.Trigger));
        Add(TelemetryNames.Key.Sequence, cycle.Sequence);
        Add(TelemetryNames.Key.CycleOutcome, TelemetryWords.Snake(cycle.Outcome));
        Add(TelemetryNames.Record.StartedAt, JsonTime.Of(cycle.StartedAt));
        Add(TelemetryNames.Record.Duration, (cycle.EndedAt - cycle.StartedAt)?.TotalSeconds);
        Add(TelemetryNames.Record.Reason, Say(cycle.Reason, cycle.ReasonUnnamed));
        Add(TelemetryNames.Record.Failure, cycle.Failure);
        Add(TelemetryNames.Record.Next, Say(cycle.NextDecision, cycle.NextUnnamed));
        Add(TelemetryNames.Record.Added, Count(cycle, ChangeKind.Added));
        Add(TelemetryNames.Record.Updated, Count(cycle, ChangeKind.Updated));
        Add(TelemetryNames.Record.Removed, Count(cycle, ChangeKind.Removed));
        Add(TelemetryNames.Record.Restored, Count(cycle, ChangeKind.Restored));
        Add(TelemetryNames.Record.Missing, cycle.Arrival?.Missing ?? 0);
        Add(TelemetryNames.Record.Refused, cycle.Refused);
        Add(TelemetryNames.Record.Steps, BoundedJson.Of(cycle.Steps.Select(SentStep.Of), AgentJson.Lines.SentStep));
        Add(TelemetryNames.Record.Decisions, BoundedJson.Of(
            cycle.Decisions.Select(decision => new SentDecision(decision.Step, Say(decision.Text, decision.Unnamed)!)),
            AgentJson.Lines.SentDecision));
        if (!withPersons) return attributes;

        Add(TelemetryNames.Record.ForcedBy, cycle.ForcedBy);
        Add(TelemetryNames.Record.Guests, BoundedJson.Of(
            cycle.Changes.Select(change => new SentGuest(change.Kind.ToString(), change.Name, change.Mail)), AgentJson.Lines.SentGuest));
        return attributes;
    }

    /// <summary>For people who read records without their attributes.</summary>
    public static string Sentence(CycleRecord cycle) => string.Create(
        CultureInfo.InvariantCulture, $"Cycle {cycle.Id}: {cycle.Function} ran {cycle.Sequence}: "
            + $"{TelemetryWords.Snake(cycle.Outcome).Replace('_', ' ')}");

    private static long Count(CycleRecord cycle, ChangeKind kind) => cycle.Changes.Count(change => change.Kind == kind);
}
