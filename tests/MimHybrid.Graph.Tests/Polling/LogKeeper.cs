using Microsoft.Extensions.Logging;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>Keeps what was logged, as text.</summary>
public sealed class LogKeeper : ILogger<GraphDeltaTrigger>
{
    private readonly List<(LogLevel Level, int Id, string Text)> lines = [];

    public IReadOnlyList<(LogLevel Level, int Id, string Text)> Lines => lines;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add((logLevel, eventId.Id, formatter(state, exception) + exception));

    public int Count(int id) => lines.Count(line => line.Id == id);
}
