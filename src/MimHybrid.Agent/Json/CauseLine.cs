using System.Text.Json.Serialization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Json;

/// <summary>What a cycle ran for: a timer, a person, or a guest change. Each kind has keys of its own.</summary>
[JsonDerivedType(typeof(Timer))]
[JsonDerivedType(typeof(Force))]
[JsonDerivedType(typeof(Guest))]
internal abstract record CauseLine
{
    private CauseLine()
    {
    }

    public static IReadOnlyList<CauseLine> Of(CycleRecord cycle) =>
    [
        .. cycle.Trigger switch
        {
            TriggerKind.Timer => [new Timer("Fallback")],
            TriggerKind.Command => [new Force("Forced", cycle.ForcedBy)],
            _ => Array.Empty<CauseLine>(),
        },
        .. cycle.Changes.Select(change => new Guest(
            change.Kind.ToString(), change.Id, change.Name, change.Mail, change.DetectedAt, change.LeftBecause?.ToString())),
    ];

    public sealed record Timer(string Kind) : CauseLine;

    public sealed record Force(string Kind, string? By) : CauseLine;

    /// <param name="LeftBecause">Why a guest who is still there does not count any more; left out where that is not so.</param>
    public sealed record Guest(
        string Kind,
        string Id,
        string? Name,
        string? Mail,
        DateTimeOffset DetectedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LeftBecause) : CauseLine;
}
