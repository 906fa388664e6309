using MimHybrid.Mim;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to the sync server, which does not pass on a question a number of times: the server is away just then.</summary>
public sealed class DeafDoor(ICimConnection connection) : DoorOver(connection)
{
    /// <summary>The management agent whose questions are not answered.</summary>
    public string? About { get; set; }

    /// <summary>The method that is not answered.</summary>
    public string? DeafTo { get; set; }

    /// <summary>How often from now on.</summary>
    public int Times { get; set; }

    public override Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken) =>
        method == DeafTo && target.KeyValue == About && Times-- > 0
            ? throw new CimConnectionException(CimFailure.Unreachable, "The server is away.")
            : base.InvokeAsync(target, method, arguments, cancellationToken);
}
