using Microsoft.Extensions.Hosting;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The life of the agent outside a Windows service: ended by its token alone. The framework's own lifetime listens to signals too, and
/// where it was first, the host could have ended before the token knew of the signal: the exit code was then 0 and not 130.
/// </summary>
internal sealed class DeafLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
