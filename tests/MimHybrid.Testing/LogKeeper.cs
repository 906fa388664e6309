using Microsoft.Extensions.Logging;

namespace MimHybrid.Testing;

/// <summary>Keeps what is logged, of whatever level, and lets a test wait for a line.</summary>
public sealed class LogKeeper : ILoggerFactory, ILoggerProvider, ILogger
{
    private readonly Lines<LogLine> lines = new();

    public IReadOnlyList<LogLine> Lines => lines.All;

    /// <summary>The sentences alone.</summary>
    public IReadOnlyList<string> Texts => [.. Lines.Select(line => line.Text)];

    /// <summary>What is thrown at whoever logs, as by a log that is full.</summary>
    public Exception? Fault { get; init; }

    /// <summary>How many lines have this event id.</summary>
    public int Count(int id) => Lines.Count(line => line.Id == id);

    /// <summary>What a class of the product logs to.</summary>
    public ILogger<T> For<T>() => new Logger<T>(this);

    /// <summary>Waits until the lines so far are as wanted.</summary>
    public Task UntilAsync(Predicate<List<LogLine>> wanted, CancellationToken cancellationToken) =>
        lines.UntilAsync(wanted, cancellationToken);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("What is logged is kept here and nowhere else.");

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Fault is not null) throw Fault;
        lines.Add(new LogLine(logLevel, eventId.Id, formatter(state, exception), exception));
    }

    public void Dispose()
    {
        // what was said stays said
    }
}
