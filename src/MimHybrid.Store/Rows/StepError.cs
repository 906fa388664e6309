using System.Text.Json.Serialization;

namespace MimHybrid.Store.Rows;

/// <summary>An object that failed in a run.</summary>
/// <param name="ObjectName">Its distinguished name, or what MIM has in its place; empty if MIM could not tell.</param>
/// <param name="Type">MIM's error type, e.g. <c>password-policy-violation</c>.</param>
/// <param name="Detail">What the connected directory or the rules extension said, in its own text; empty if nothing.</param>
/// <param name="FirstOccurred">UTC; null if MIM left it out.</param>
/// <param name="RetryCount">How many runs have met this error again since.</param>
public sealed record StepError(
    [property: JsonPropertyName("object")] string ObjectName,
    string Type,
    string Detail,
    [property: JsonConverter(typeof(TimeToTheTick))] DateTimeOffset? FirstOccurred,
    int RetryCount);
