using System.Text.Json;
using System.Text.Json.Serialization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Counters and errors of a step as their columns hold them: <c>{"staging":{"stage-add":1},"outbound":{"ADMA":{…}}}</c> and
/// <c>[{"object":"CN=…","type":"…","detail":"…","firstOccurred":"…","retryCount":1}]</c>. Written by the generated code, and
/// read value by value: each command that shows a step would wait for the serializer to be made ready.
/// </summary>
[JsonSerializable(typeof(StepCounters))]
[JsonSerializable(typeof(IReadOnlyList<StepError>))]
internal sealed partial class StepJson : JsonSerializerContext
{
    private static StepJson Columns => field ??= new(JsonLine.Options());

    public static string? Of(StepCounters? counters) => counters is null ? null : JsonLine.Of(counters, Columns.StepCounters);

    public static string? Of(IReadOnlyList<StepError> errors) =>
        errors.Count == 0 ? null : JsonLine.Of(errors, Columns.IReadOnlyListStepError);

    public static StepCounters? ReadCounters(string? column) => Read(column, counters => new StepCounters
    {
        Discovery = Group(counters, "discovery"),
        Staging = Group(counters, "staging"),
        Inbound = Group(counters, "inbound"),
        Outbound = Outbound(counters),
        Export = Group(counters, "export"),
    });

    public static IReadOnlyList<StepError> ReadErrors(string? column) => Read(column, errors =>
        errors.EnumerateArray().Where(error => error.ValueKind is not JsonValueKind.Null).Select(Error).ToList()) ?? [];

    private static StepError Error(JsonElement error) => new(
        Text(error, "object"), Text(error, "type"), Text(error, "detail"),
        error.GetProperty("firstOccurred") is { ValueKind: not JsonValueKind.Null } time ? time.GetDateTimeOffset() : null,
        error.GetProperty("retryCount").GetInt32());

    private static string Text(JsonElement error, string name) => error.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static OrderedDictionary<string, OrderedDictionary<string, long>>? Outbound(JsonElement counters)
    {
        if (!counters.TryGetProperty("outbound", out var targets)) return null;
        var outbound = new OrderedDictionary<string, OrderedDictionary<string, long>>();
        foreach (var target in targets.EnumerateObject()) outbound[target.Name] = Counts(target.Value);
        return outbound;
    }

    private static OrderedDictionary<string, long>? Group(JsonElement counters, string name) =>
        counters.TryGetProperty(name, out var group) ? Counts(group) : null;

    private static OrderedDictionary<string, long> Counts(JsonElement group)
    {
        var counts = new OrderedDictionary<string, long>();
        foreach (var one in group.EnumerateObject()) counts[one.Name] = one.Value.GetInt64();
        return counts;
    }

    /// <summary>What is damaged counts as not known: it must not hide the rest of the run log from whoever needs it most.</summary>
    private static T? Read<T>(string? column, Func<JsonElement, T> read) where T : class
    {
        if (column is null) return null;
        try
        {
            using var document = JsonDocument.Parse(column);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
