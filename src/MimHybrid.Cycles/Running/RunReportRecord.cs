using System.Globalization;
using System.Text.Json;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Running;

/// <summary>A run as the run log keeps it; counters and errors as JSON with MIM's own names, only what is not zero.</summary>
internal static class RunReportRecord
{
    /// <param name="step">The step that ended.</param>
    /// <param name="report">How.</param>
    /// <param name="endedWell">Whether the next step may follow.</param>
    public static StepEnd ToEnd(PlannedStep step, RunReport report, bool endedWell) => new(step, ToRecord(step, report))
    {
        EndedWell = endedWell,
        ExportedDeletes = step.Kind == StepKind.Export && CycleFacts.MayHaveExported(report) ? report.Counters.ExportedDeletes : null,
    };

    private static StepRecord ToRecord(PlannedStep step, RunReport report) => new()
    {
        Position = step.Position,
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        StartedAt = report.StartedAt,
        EndedAt = report.EndedAt,
        Result = report.Result.Raw,
        Advice = report.Result.Advice,
        RunNumber = report.RunNumber,
        Counters = Counters(report),
        Errors = Errors(report),
        ErrorCount = report.ErrorCount,
    };

    /// <summary><c>{"staging":{"stage-add":1},"outbound":{"ADMA":{…}}}</c>; null where the counters are not to be trusted.</summary>
    private static string? Counters(RunReport report) => report.CountersKnown ? JsonLine.Of(json =>
    {
        json.WriteStartObject();
        WriteGroup(json, "discovery", report.Counters.Discovery);
        WriteGroup(json, "staging", report.Counters.Staging);
        WriteGroup(json, "inbound", report.Counters.Inbound);
        if (report.Counters.Outbound.Values.Any(group => group.Values.Count > 0))
        {
            json.WriteStartObject("outbound");
            foreach (var (managementAgent, group) in report.Counters.Outbound) WriteGroup(json, managementAgent, group);
            json.WriteEndObject();
        }

        WriteGroup(json, "export", report.Counters.Export);
        json.WriteEndObject();
    }) : null;

    /// <summary><c>[{"object":"CN=…","type":"…","detail":"…","firstOccurred":"…","retryCount":1}]</c>; null where there are none.</summary>
    private static string? Errors(RunReport report) => report.Errors.Count == 0 ? null : JsonLine.Of(json =>
    {
        json.WriteStartArray();
        foreach (var error in report.Errors) WriteError(json, error);
        json.WriteEndArray();
    });

    private static void WriteGroup(Utf8JsonWriter json, string name, CounterGroup group)
    {
        if (group.Values.Count == 0) return;
        json.WriteStartObject(name);
        foreach (var (counter, value) in group.Values) json.WriteNumber(counter, value);
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, RunError error)
    {
        json.WriteStartObject();
        json.WriteString("object", error.Dn);
        json.WriteString("type", error.Type);
        json.WriteString("detail", error.Detail);
        json.WriteString("firstOccurred", error.FirstOccurred?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("retryCount", error.RetryCount);
        json.WriteEndObject();
    }
}
