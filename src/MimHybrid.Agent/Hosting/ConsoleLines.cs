using System.Globalization;
using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Show;
using Spectre.Console;

namespace MimHybrid.Agent.Hosting;

/// <summary>Log messages as plain lines: local time, a mark for warnings and errors, the message. Where there is a terminal, in colour.</summary>
internal sealed class ConsoleLines(TimeProvider time, bool verbose) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new Lines(time, verbose ? LogLevel.Debug : LogLevel.Information);

    public void Dispose()
    {
        // nothing to let go
    }

    private sealed class Lines(TimeProvider time, LogLevel least) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var (mark, style) = logLevel switch
            {
                LogLevel.Warning => ("Warning: ", new Style(Color.Yellow)),
                LogLevel.Error or LogLevel.Critical => ("Error: ", new Style(Color.Red)),
                _ => ("", Style.Plain),
            };
            var text = $"{Clock()}  {mark}{Printable.Of(formatter(state, exception))}{(exception is null ? "" : $" [{exception.GetType().Name}: {exception.Message}]")}";

            // Redirected output is written as it is: Spectre would wrap it at a width that nobody chose.
            // On a terminal, what needs more than one row is padded: the moving line would shine through beside its last words.
            if (AnsiConsole.Profile.Out.IsTerminal) AnsiConsole.Write(new Padder(new Text(text, style), new Padding(0)) { Expand = text.Length > AnsiConsole.Profile.Width });
            else Console.Out.WriteLine(text);
        }

        /// <summary>On a terminal the time of day; in a file, which may hold weeks and a change of the clocks, date and offset too.</summary>
        private string Clock() => TimeZoneInfo.ConvertTime(time.GetUtcNow(), time.LocalTimeZone)
            .ToString(AnsiConsole.Profile.Out.IsTerminal ? "HH:mm:ss" : "yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
    }
}
