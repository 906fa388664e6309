using System.Runtime.Versioning;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// The life of the agent as a Windows service. The package's own lifetime waits at a stop for HostOptions.ShutdownTimeout, but it tells the
/// service control manager neither that this takes long nor how it ended (README.md#how-long-a-stop-may-take).
/// </summary>
/// <remarks>
/// A stop by <c>sc stop</c> or the console may take as long as we ask for: nobody kills the process, whoever waits only stops waiting. At a
/// shutdown of Windows it has WaitToKillServiceTimeout (some seconds) and is killed then; the run goes on in MIM and is found again at the
/// next start.
/// </remarks>
[SupportedOSPlatform("windows")]
internal sealed class ServiceLifetime : WindowsServiceLifetime
{
    public const string Name = "MimHybrid";

    private readonly IServiceProvider services;
    private readonly TimeSpan stopTime;

    public ServiceLifetime(
        IHostEnvironment environment, IHostApplicationLifetime application, ILoggerFactory loggers, IOptions<HostOptions> options,
        IServiceProvider services)
        : base(environment, application, loggers, options, Options.Create(new WindowsServiceLifetimeOptions { ServiceName = Name }))
    {
        (this.services, stopTime) = (services, options.Value.ShutdownTimeout);
        AutoLog = false; // start and end are in the event log under our own ids
    }

    protected override void OnStop()
    {
        RequestAdditionalTime((int)stopTime.TotalMilliseconds);

        // Also on the way here when the agent ends by a fault: with 0 the service control manager would not start it again.
        if (BackgroundServices.HaveDied(services)) ExitCode = ServiceRefusal.ErrorOf(Agent.ExitCode.Fatal);
        base.OnStop();
    }
}
