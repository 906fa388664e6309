using System.Text.Json.Serialization;

namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>Counts by counter name; a counter that is missing stands at zero.</summary>
internal sealed class Tally
{
    public Dictionary<string, int> Counts { get; init; } = new(StringComparer.Ordinal);

    public int this[string counter] => Counts.GetValueOrDefault(counter);

    public void Count(string counter, int by = 1) => Counts[counter] = this[counter] + by;
}

/// <summary>An object that an export could not carry.</summary>
internal sealed record ExportError(
    Guid ObjectId, string Dn, DateTimeOffset FirstOccurred, DateTimeOffset Occurred, int RetryCount, ExportFault Fault);

/// <summary>What one step did, beyond its result word.</summary>
internal sealed record StepReport
{
    /// <summary>Whether the connected system could be reached, in the run history's words.</summary>
    public string ConnectionResult { get; init; } = SandboxResultWords.Success;

    public bool HasDiscoveryErrors { get; init; }

    /// <summary>Until the run is written down; then they are on the <c>ErrorShelf</c>.</summary>
    [JsonIgnore]
    public IEnumerable<ExportError> ExportErrors { get; init; } = [];

    public Tally Staging { get; init; } = new();

    public Tally Inbound { get; init; } = new();

    /// <summary>Towards the target agent: the only one that rules flow to.</summary>
    public Tally Outbound { get; init; } = new();

    public Tally Export { get; init; } = new();
}

/// <summary>How a step ended.</summary>
internal sealed record StepOutcome(string Result, StepReport Report)
{
    /// <summary>Ended before any work was done.</summary>
    public static StepOutcome Nothing(string result, string connectionResult = SandboxResultWords.Success) =>
        new(result, new StepReport { ConnectionResult = connectionResult });
}
