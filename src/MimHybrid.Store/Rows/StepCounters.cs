using System.Text.Json.Serialization;

namespace MimHybrid.Store.Rows;

/// <summary>What a run counted, by MIM's own names and in their order; only what is not zero. A group without any is null.</summary>
public sealed record StepCounters
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, long>? Discovery { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, long>? Staging { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, long>? Inbound { get; init; }

    /// <summary>By the name of the management agent that the changes flow out to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, OrderedDictionary<string, long>>? Outbound { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderedDictionary<string, long>? Export { get; init; }

    /// <summary>
    /// The groups that have any, in the order in which a run works, each with its name: <c>staging</c>, <c>outbound ADMA</c>.
    /// </summary>
    [JsonIgnore]
    public IEnumerable<(string Name, IReadOnlyDictionary<string, long> Counters)> Groups =>
    [
        .. Group("discovery", Discovery),
        .. Group("staging", Staging),
        .. Group("inbound", Inbound),
        .. (Outbound ?? []).SelectMany(target => Group($"outbound {target.Key}", target.Value)),
        .. Group("export", Export),
    ];

    private static IEnumerable<(string, IReadOnlyDictionary<string, long>)> Group(string name, OrderedDictionary<string, long>? counters) =>
        counters is { Count: > 0 } ? [(name, counters)] : [];
}
