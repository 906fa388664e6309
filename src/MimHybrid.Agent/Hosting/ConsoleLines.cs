using System.Globalization;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using Spectre.Console;

namespace MimHybrid.Agent.Hosting;

/// <summary>
/// Log messages as plain lines: local time, a mark for warnings and errors, the message. Where there is a terminal, in colour. They are
/// written by a thread of their own: whatever becomes of the output, the agent goes on.
/// </summary>
internal sealed partial class ConsoleLines : ILoggerProvider
{
    private readonly TimeProvider time;
    private readonly LogLevel least;
    private readonly Outbox outbox;
    private ILogger? elsewhere;

    public ConsoleLines(TimeProvider time, bool verbose)
    {
        (this.time, least) = (time, verbose ? LogLevel.Debug : LogLevel.Information);
        outbox = new Outbox(
            "console",
            missing: lost => Write(
                string.Create(CultureInfo.InvariantCulture, $"{Clock()}  Warning: {lost} lines are missing: they could not be written"),
                LogLevel.Warning),
            firstLoss: reason =>
            {
                if (elsewhere is not null) Log.Lost(elsewhere, reason);
            });
    }

    /// <summary>Where it is told that lines of the console were lost: a log that leads to other places, too.</summary>
    public void TellLossTo(ILogger log) => elsewhere = log;

    public ILogger CreateLogger(string categoryName) => new Lines(this);

    /// <inheritdoc cref="Outbox.Settle"/>
    public void Settle() => outbox.Settle();

    public void Dispose() => outbox.Dispose();

    private static void Write(string line, LogLevel level)
    {
        // Redirected output is written as it is: Spectre would wrap it at a width that nobody chose.
        if (Screen.IsTerminal) WriteInColour(line, level);
        else Console.Out.WriteLine(line);
    }

    private static void WriteInColour(string line, LogLevel level)
    {
        var style = level switch
        {
            LogLevel.Warning => new Style(Color.Yellow),
            LogLevel.Error or LogLevel.Critical => new Style(Color.Red),
            _ => Style.Plain,
        };

        // What needs more than one row is padded: the moving line would shine through beside its last words.
        AnsiConsole.Write(new Padder(new Text(line, style), new Padding(0)) { Expand = line.Length > AnsiConsole.Profile.Width });
    }

    /// <summary>On a terminal the time of day; in a file, which may hold weeks and a change of the clocks, date and offset too.</summary>
    private string Clock() => TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone)
        .ToString(Screen.IsTerminal ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private sealed class Lines(ConsoleLines console) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= console.least;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            try
            {
                var mark = logLevel switch
                {
                    LogLevel.Warning => "Warning: ",
                    LogLevel.Error or LogLevel.Critical => "Error: ",
                    _ => "",
                };
                var fault = exception is null ? "" : $" [{exception.GetType().Name}: {exception.Message}]";
                var text = Printable.Of(formatter(state, exception));
                console.outbox.Put($"{console.Clock()}  {mark}{text}{fault}", line => Write(line, logLevel));
            }
            catch (Exception e)
            {
                console.outbox.Drop(e.Message); // a name, or a fault, that cannot even be written down
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4014, LogLevel.Warning,
            "Lines for the console, or for the file that it goes to, could not be written: {Reason}. The agent goes on, and the "
                + "run log is whole")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
