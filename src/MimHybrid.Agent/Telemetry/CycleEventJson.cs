using System.Text.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Telemetry;

/// <summary>Lists within the record of a cycle. The errors of a step are counted and not listed: they name people's accounts.</summary>
internal static class CycleEventJson
{
    public static void WriteStep(Utf8JsonWriter json, StepRecord step)
    {
        json.WriteStartObject();
        json.WriteNumber("position", step.Position);
        json.WriteString("managementAgent", step.ManagementAgent);
        json.WriteString("runProfile", step.RunProfile);
        if (step.Result is { } result) json.WriteString("result", result);
        if (step.RunNumber is { } number) json.WriteNumber("runNumber", number);
        if (step.EndedAt - step.StartedAt is { } took) json.WriteNumber("seconds", Math.Round(took.TotalSeconds, 1));
        if (step.SkippedBecause is { } reason) json.WriteString("skippedBecause", reason);
        if (step.ErrorCount > 0) json.WriteNumber("errorCount", step.ErrorCount);
        if (step.Counters is { } counters)
        {
            json.WritePropertyName("counters");
            json.WriteRawValue(counters);
        }

        json.WriteEndObject();
    }

    public static void WriteDecision(Utf8JsonWriter json, CycleDecision decision)
    {
        json.WriteStartObject();
        json.WriteNumber("step", decision.Step);
        json.WriteString("text", decision.Text);
        json.WriteEndObject();
    }

    public static void WriteGuest(Utf8JsonWriter json, GuestChange change)
    {
        json.WriteStartObject();
        json.WriteString("kind", change.Kind.ToString());
        json.WriteString("name", change.Name);
        json.WriteString("mail", change.Mail);
        json.WriteEndObject();
    }
}
