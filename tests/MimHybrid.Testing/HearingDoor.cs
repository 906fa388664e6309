using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to the sync server, at which a test hears the first run profile begin.</summary>
public sealed class HearingDoor(ICimConnection connection, Action heard) : ICimConnection
{
    private bool hasHeard;

    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        connection.QueryAsync(wql, cancellationToken);

    public Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        if (method == "Execute" && !hasHeard)
        {
            hasHeard = true;
            heard();
        }

        return connection.InvokeAsync(target, method, arguments, cancellationToken);
    }

    public void Dispose()
    {
        // The connection is the world's.
    }
}
