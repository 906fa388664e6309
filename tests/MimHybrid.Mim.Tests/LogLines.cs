using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MimHybrid.Mim.Tests;

/// <summary>Keeps what was logged, in order.</summary>
internal sealed class LogLines : ILogger<SyncServer>
{
    private readonly ConcurrentQueue<(int Id, string Text)> lines = new();

    public IReadOnlyList<string> Of(int eventId) => [.. lines.Where(line => line.Id == eventId).Select(line => line.Text)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((eventId.Id, formatter(state, exception)));
}
