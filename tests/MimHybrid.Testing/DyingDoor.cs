using MimHybrid.Mim.Cim;

namespace MimHybrid.Testing;

/// <summary>The door to the sync server, which takes the agent with it as soon as a run profile has been started: MIM goes on.</summary>
public sealed class DyingDoor(ICimConnection connection) : DoorOver(connection)
{
    /// <summary>The run profile whose start is the agent's end, once.</summary>
    public string? DiesOn { get; set; }

    public override Task<string> InvokeAsync(
        CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        var answer = base.InvokeAsync(target, method, arguments, CancellationToken.None);
        if (DiesOn is null || method != "Execute" || arguments[0].Value != DiesOn) return answer;
        DiesOn = null;
        throw new PowerCutException();
    }
}
