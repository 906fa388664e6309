using Microsoft.Extensions.Logging;
using MimHybrid.Agent.Hosting;

namespace MimHybrid.Agent.Tests.Hosting;

/// <summary>What goes into the event log of Windows; that it does is for Windows to show (numbered hand tests).</summary>
public sealed class EventLogLinesTests
{
    [Fact]
    public void Warnings_errors_their_ends_and_the_milestones_are_written_under_our_ids_and_nothing_else()
    {
        using var log = new Kept();
        using (var events = new EventLogLines(log))
        {
            var lines = events.CreateLogger("MimHybrid");
            foreach (var (level, id) in new[] { (LogLevel.Debug, 1), (LogLevel.Information, 1020), (LogLevel.Information, 1009), (LogLevel.Information, 2001), (LogLevel.Information, 4010), (LogLevel.Information, 4013), (LogLevel.Warning, 1007), (LogLevel.Error, 1022), (LogLevel.Critical, 4001) })
                lines.Log(level, new EventId(id), id, exception: null, (number, _) => $"line {number}");
        }

        Assert.Equal([(1009, "line 1009"), (2001, "line 2001"), (4010, "line 4010"), (4013, "line 4013"), (1007, "line 1007"), (1022, "line 1022"), (4001, "line 4001")], log.Lines);
    }

    [Fact]
    public void A_line_cannot_be_forged_by_a_name()
    {
        using var log = new Kept();
        using (var events = new EventLogLines(log))
            events.CreateLogger("MimHybrid").Log(LogLevel.Warning, new EventId(1), "Lena\r\nBrandt", exception: null, (text, _) => text);
        Assert.Equal("Lena··Brandt", Assert.Single(log.Lines).Text);
    }

    [Fact]
    public void An_event_log_that_is_full_or_closed_never_reaches_the_agent()
    {
        using var log = new Kept { Fault = new InvalidOperationException("The event log file is full.") };
        using (var events = new EventLogLines(log))
            events.CreateLogger("MimHybrid").Log(LogLevel.Error, new EventId(1), "a line", exception: null, (text, _) => text);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void There_is_an_event_log_on_windows_only()
    {
        using var log = EventLogLines.OfThisServer();
        Assert.Equal(OperatingSystem.IsWindows(), log is not null);
    }

    private sealed class Kept : ILoggerProvider, ILogger
    {
        public List<(int Id, string Text)> Lines { get; } = [];

        public Exception? Fault { get; init; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Fault is not null) throw Fault;
            Lines.Add((eventId.Id, formatter(state, exception)));
        }

        public void Dispose()
        {
            // nothing to let go
        }
    }
}
