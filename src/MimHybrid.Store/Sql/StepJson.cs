using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MimHybrid.Store.Rows;

namespace MimHybrid.Store.Sql;

/// <summary>
/// Counters and errors of a step as their columns hold them: <c>{"staging":{"stage-add":1},"outbound":{"ADMA":{…}}}</c> and
/// <c>[{"object":"CN=…","type":"…","detail":"…","firstOccurred":"…","retryCount":1}]</c>.
/// </summary>
[JsonSerializable(typeof(StepCounters))]
[JsonSerializable(typeof(IReadOnlyList<StepError>))]
internal sealed partial class StepJson : JsonSerializerContext
{
    private static readonly StepJson Columns = new(JsonLine.Options());

    public static string? Of(StepCounters? counters) => counters is null ? null : JsonLine.Of(counters, Columns.StepCounters);

    public static string? Of(IReadOnlyList<StepError> errors) =>
        errors.Count == 0 ? null : JsonLine.Of(errors, Columns.IReadOnlyListStepError);

    public static StepCounters? ReadCounters(string? column) => Read(column, Columns.StepCounters);

    public static IReadOnlyList<StepError> ReadErrors(string? column) =>
        [.. (Read(column, Columns.IReadOnlyListStepError) ?? []).Where(error => error is not null)];

    /// <summary>What is damaged counts as not known: it must not hide the rest of the run log from whoever needs it most.</summary>
    private static T? Read<T>(string? column, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return column is null ? null : JsonSerializer.Deserialize(column, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
