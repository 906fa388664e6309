using System.Globalization;
using System.Text.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>
/// One cycle as one line of JSON, the contract of <c>log --json</c>: every key is always there, times are UTC in ISO 8601. Written by
/// hand rather than by reflection, because the shape is a promise to other people's scripts.
/// </summary>
public static class RunLogJson
{
    public static string Line(CycleRecord cycle) => JsonLine.Of(json => Write(json, cycle));

    public static void Write(Utf8JsonWriter json, CycleRecord cycle)
    {
        json.WriteStartObject();
        json.WriteNumber("id", cycle.Id);
        json.WriteString("function", cycle.Function);
        json.WriteString("sequence", cycle.Sequence);
        json.WriteString("startedAt", Time(cycle.StartedAt));
        json.WriteString("endedAt", Time(cycle.EndedAt));
        json.WriteString("outcome", cycle.Outcome.ToString());
        json.WriteString("reason", cycle.Reason);
        json.WriteString("failure", cycle.Failure);
        json.WriteString("nextDecision", cycle.NextDecision);
        WriteCauses(json, cycle);
        json.WriteStartArray("steps");
        foreach (var step in cycle.Steps) WriteStep(json, step);
        json.WriteEndArray();
        WriteDecisions(json, cycle.Decisions);
        WriteArrival(json, cycle.Arrival);
        WriteApproval(json, cycle.Approval);
        json.WriteEndObject();
    }

    /// <summary>UTC, ISO 8601, to the millisecond; null stays null.</summary>
    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void WriteCauses(Utf8JsonWriter json, CycleRecord cycle)
    {
        json.WriteStartArray("causes");
        if (cycle.Trigger == TriggerKind.Timer)
        {
            json.WriteStartObject();
            json.WriteString("kind", "Fallback");
            json.WriteEndObject();
        }
        else if (cycle.Trigger == TriggerKind.Command)
        {
            json.WriteStartObject();
            json.WriteString("kind", "Forced");
            json.WriteString("by", cycle.ForcedBy);
            json.WriteEndObject();
        }

        foreach (var change in cycle.Changes) WriteChange(json, change);
        json.WriteEndArray();
    }

    private static void WriteChange(Utf8JsonWriter json, GuestChange change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("id", change.Id);
        json.WriteString("name", change.Name);
        json.WriteString("mail", change.Mail);
        json.WriteString("detectedAt", Time(change.DetectedAt));
        if (change.LeftBecause is { } reason) json.WriteString("leftBecause", reason.ToString());
        json.WriteEndObject();
    }

    private static void WriteStep(Utf8JsonWriter json, StepRecord step)
    {
        json.WriteStartObject();
        json.WriteString("managementAgent", step.ManagementAgent);
        json.WriteString("runProfile", step.RunProfile);
        json.WriteString("result", step.Result);
        WriteNumber(json, "runNumber", step.RunNumber);
        json.WriteString("startedAt", Time(step.StartedAt));
        json.WriteString("endedAt", Time(step.EndedAt));
        json.WriteString("skippedBecause", step.SkippedBecause);
        json.WritePropertyName("counters");
        json.WriteRawValue(step.Counters ?? "{}");
        json.WritePropertyName("errors");
        json.WriteRawValue(step.Errors ?? "[]");
        json.WriteNumber("errorCount", step.ErrorCount);
        json.WriteString("advice", step.Advice);
        json.WriteEndObject();
    }

    private static void WriteDecisions(Utf8JsonWriter json, IReadOnlyList<CycleDecision> decisions)
    {
        json.WriteStartArray("decisions");
        foreach (var decision in decisions)
        {
            json.WriteStartObject();
            json.WriteString("at", Time(decision.At));
            json.WriteNumber("step", decision.Step);
            json.WriteString("text", decision.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArrival(Utf8JsonWriter json, ArrivalRecord? arrival)
    {
        json.WritePropertyName("arrival");
        if (arrival is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteCounts(json, "expected", arrival.Expected);
        WriteCounts(json, "seen", arrival.Seen);
        json.WriteNumber("missing", arrival.Missing);
        json.WriteString("explanation", arrival.Explanation);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, GuestCounts? counts)
    {
        json.WritePropertyName(name);
        if (counts is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("added", counts.Added);
        WriteNumber(json, "updated", counts.Updated);
        json.WriteNumber("removed", counts.Removed);
        json.WriteEndObject();
    }

    private static void WriteApproval(Utf8JsonWriter json, RemovalApproval? approval)
    {
        json.WritePropertyName("approval");
        if (approval is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("by", approval.By);
        json.WriteString("at", Time(approval.At));
        json.WriteNumber("removals", approval.Removals);
        json.WriteNumber("stagedDeletes", approval.StagedDeletes);
        json.WriteNumber("exportDeletes", approval.ExportDeletes);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } value) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
