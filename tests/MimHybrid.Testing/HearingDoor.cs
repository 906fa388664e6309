using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to the sync server, at which a test hears the first run profile begin.</summary>
public sealed class HearingDoor(ICimConnection connection, Action heard) : DoorOver(connection)
{
    private bool hasHeard;

    public override Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        if (method == "Execute" && !hasHeard)
        {
            hasHeard = true;
            heard();
        }

        return base.InvokeAsync(target, method, arguments, cancellationToken);
    }
}
