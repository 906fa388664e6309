using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.EventLog;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// What belongs into the event log of Windows: warnings, errors, start and end, under our event ids. The event log may be full, stopped,
/// slow, or closed to this account; that never reaches the agent. The console has the lines too, so that a loss is not told there.
/// </summary>
/// <param name="log">Writes there; on Windows the framework's own.</param>
internal sealed class EventLogLines(ILoggerProvider log) : ILoggerProvider
{
    private readonly Outbox outbox = new("event log", missing: _ => { }, firstLoss: _ => { });

    public const string LogName = "Application";
    public const string Source = "MimHybrid";

    /// <summary>
    /// Not warnings, but whoever reads the log wants to know: end asked for, started, stopping, ended, where telemetry goes; and that an
    /// error which stands above is over: a cycle ended well again, Graph is read again, a renewed credential is in use, telemetry arrives
    /// again.
    /// </summary>
    public static readonly IReadOnlySet<int> Milestones = new HashSet<int>
    {
        1025, 4010, 4011, 4013, 4301, 1009, 2001, 2091, 4304, 6011, 6021,
        6101, 6103, 6105, 6107, 6109, 6111, 6113, 6115, 6117, 6119, 6121, 6123,
    };

    /// <summary>
    /// The event log of this server; null where there is none. Without its source nothing is written (README.md#the-event-log).
    /// </summary>
    public static EventLogLines? OfThisServer() => OperatingSystem.IsWindows()
        ? new EventLogLines(new EventLogLoggerProvider(new EventLogSettings { LogName = LogName, SourceName = Source }))
        : null;

    public ILogger CreateLogger(string categoryName) => new Lines(log.CreateLogger(categoryName), outbox);

    public void Dispose()
    {
        outbox.Dispose();
        log.Dispose();
    }

    private sealed class Lines(ILogger log, Outbox outbox) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || (logLevel < LogLevel.Warning && !Milestones.Contains(eventId.Id))) return;
            try
            {
                outbox.Put(
                    Printable.Of(formatter(state, exception)), text => log.Log(logLevel, eventId, text, exception, (line, _) => line));
            }
            catch (Exception e)
            {
                outbox.Drop(e.Message);
            }
        }
    }
}
