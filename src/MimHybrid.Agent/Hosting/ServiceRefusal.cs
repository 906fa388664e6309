using System.Runtime.Versioning;
using System.ServiceProcess;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// A service that does not come up: it meets the service control manager only to say so. A process that ends without a word is reported
/// there as error 1053, "did not respond in a timely fashion", and may not be started again (README.md#a-service-that-does-not-start).
/// </summary>
[SupportedOSPlatform("windows")]
internal sealed class ServiceRefusal : ServiceBase
{
    private readonly int error;

    private ServiceRefusal(int error) => (this.error, ServiceName, AutoLog) = (error, ServiceLifetime.Name, false);

    /// <summary>
    /// The errors of Windows that say what our exit codes say; as numbers, these would read "the system cannot find the path specified"
    /// (3).
    /// </summary>
    public static int ErrorOf(int exitCode) => exitCode switch
    {
        Agent.ExitCode.Usage => 87, // ERROR_INVALID_PARAMETER
        Agent.ExitCode.SettingsInvalid => 1610, // ERROR_BAD_CONFIGURATION
        Agent.ExitCode.DataFolderHeld => 1056, // ERROR_SERVICE_ALREADY_RUNNING
        _ => 1064, // ERROR_EXCEPTION_IN_SERVICE, which the framework says too
    };

    /// <summary>Answers the service control manager; does nothing after a service that did come up, which has answered already.</summary>
    public static void Tell(int exitCode)
    {
        try
        {
            using var service = new ServiceRefusal(ErrorOf(exitCode));
            Run(service);
        }
        catch (NotStartedException)
        {
            // Thrown again by the framework, once it has told the error.
        }
    }

    /// <summary>
    /// An exception here is how the framework is told that the start failed; it reports the error that was set since the start.
    /// </summary>
    protected override void OnStart(string[] args)
    {
        ExitCode = error;
        throw new NotStartedException();
    }

    private sealed class NotStartedException : Exception;
}
