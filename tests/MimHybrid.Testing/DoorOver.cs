using System.Diagnostics.CodeAnalysis;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>A door to the sync server that is another one, but for what a test changes about it.</summary>
[SuppressMessage("Design", "CA1063", Justification = "The connection is the world's, and outlives every agent.")]
public abstract class DoorOver(ICimConnection connection) : ICimConnection
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken) =>
        connection.QueryAsync(wql, cancellationToken);

    public virtual Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        connection.InvokeAsync(target, method, arguments, cancellationToken);

    public void Dispose() => GC.SuppressFinalize(this);
}
