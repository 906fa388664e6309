using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Logging;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Why an agent did not come up that a task or a service started: nobody sees its standard error, so the reason goes to the event log, and
/// to the service control manager as an error.
/// </summary>
internal static partial class Unattended
{
    /// <summary>
    /// Whether this process has no desktop: started by Task Scheduler "whether user is logged on or not", or by the service control
    /// manager.
    /// </summary>
    public static bool IsUnattended => OperatingSystem.IsWindows() && !Environment.UserInteractive;

    /// <summary>A command line or settings that are invalid, a data folder that cannot be used, a fault.</summary>
    public static void ReportFailure(int exitCode, string reason) => Report(exitCode, log => Log.Failed(log, reason));

    /// <summary>Another agent is there already.</summary>
    public static void ReportRefusal(int exitCode, string reason) => Report(exitCode, log => Log.Refused(log, reason));

    private static void Report(int exitCode, Action<ILogger> write)
    {
        if (!IsUnattended) return;
        using (var log = EventLogLines.OfThisServer())
        {
            if (log is not null) write(log.CreateLogger(EventLogLines.Source));
        }

        if (OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService()) ServiceRefusal.Tell(exitCode);
    }

    private static partial class Log
    {
        [LoggerMessage(4020, LogLevel.Critical, "The agent did not start, or ended by a fault: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(4021, LogLevel.Warning, "The agent did not start: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);
    }
}
