using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to a sync server whose details of the runs of one profile are not what they should be.</summary>
public sealed class ChangedDetails(ICimConnection connection, string runProfile, Func<string, string> change) : DoorOver(connection)
{
    /// <summary>Gives only half of them.</summary>
    public static ChangedDetails Torn(ICimConnection connection, string runProfile) =>
        new(connection, runProfile, details => details[..details.IndexOf("<inbound-flow-counters", StringComparison.Ordinal)]);

    public override async Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        var answer = await base.InvokeAsync(target, method, arguments, cancellationToken);
        return method == "RunDetails" && answer.Contains($">{runProfile}<", StringComparison.Ordinal) ? change(answer) : answer;
    }
}
