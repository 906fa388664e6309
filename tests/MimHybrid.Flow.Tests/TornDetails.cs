using MimHybrid.Mim.Cim;

namespace MimHybrid.Flow.Tests;

/// <summary>The door to a sync server that gives only half of the details of the runs of one profile.</summary>
internal sealed class TornDetails(ICimConnection connection, string runProfile) : ICimConnection
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) => connection.QueryAsync(wql, cancellationToken);

    public async Task<string> InvokeAsync(CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        var answer = await connection.InvokeAsync(target, method, arguments, cancellationToken);
        var torn = method == "RunDetails" && answer.Contains($">{runProfile}<", StringComparison.Ordinal);
        return torn ? answer[..answer.IndexOf("<inbound-flow-counters", StringComparison.Ordinal)] : answer;
    }

    /// <summary>The connection is the world's.</summary>
    public void Dispose()
    {
    }
}
