using Microsoft.Extensions.Logging;

namespace MimHybrid.EndToEnd.Tests.Rehearsals;

/// <summary>Keeps what the agent logs, and lets a test wait for a line.</summary>
internal sealed class SaidLines : ILoggerProvider
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private TaskCompletionSource more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> All
    {
        get
        {
            lock (gate) return [.. lines];
        }
    }

    /// <summary>Waits until what was said so far is as wanted.</summary>
    public async Task UntilAsync(Predicate<List<string>> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (wanted(lines)) return;
                next = more.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this);

    public void Dispose()
    {
        // what was said stays said
    }

    private void Add(string line)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            lines.Add(line);
            waiting = more;
            more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.SetResult();
    }

    private sealed class Logger(SaidLines said) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Add(formatter(state, exception));
    }
}
