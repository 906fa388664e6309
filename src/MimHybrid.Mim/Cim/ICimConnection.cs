namespace MimHybrid.Mim.Cim;

/// <summary>
/// The one door to MIM's WMI provider: query instances and invoke methods in <c>root\MicrosoftIdentityIntegrationServer</c>.
/// Two sides ship: Microsoft.Management.Infrastructure (Windows) and the sandbox's sync server, in this process or behind a pipe. All
/// members of the provider's classes are strings, numbers included (README.md#everything-is-text), so the door is this narrow.
/// </summary>
/// <remarks>Implementations are thread-safe: <c>Stop</c> and status are asked while <c>Execute</c> blocks in another call.</remarks>
public interface ICimConnection : IDisposable
{
    /// <summary>Runs a WQL query and returns the instances found, in no promised order.</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken);

    /// <summary>
    /// Invokes a method on the instance that <paramref name="target"/> names, addressed afresh for this call, and returns its
    /// <c>ReturnValue</c>. There is no time limit on the way: <c>Execute</c> returns when the run ends, which can be hours.
    /// Cancelling ends the wait, not the run: only <c>Stop</c> from another call ends a run.
    /// </summary>
    /// <exception cref="CimConnectionException">The provider could not be asked, or there is no such instance.</exception>
    Task<string> InvokeAsync(CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken);
}
