using Microsoft.Extensions.Logging;
using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>An agent that dies by a fault of its own must not look like one that ended well: nobody would start it again.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly DataDirectory data = new();

    [Fact]
    public async Task A_background_service_that_dies_ends_the_agent_with_exit_code_70()
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = DataFolder.TryLock(data.Path)!;
        using var log = new Snapping();
        var settings = SettingsLoader.Load(new CommonValues(data.Path, Config: null, Sandbox: true, Rehearsal: null, Set: [new("Sandbox:StepDuration", "00:00:00")]));
        await using var agent = await AgentHost.StartAsync(folder, settings, log, TimeProvider.System, token);

        Assert.Equal(ExitCode.Fatal, await agent.RunAsync(limit: null, token).WaitAsync(TimeSpan.FromSeconds(90), token));
        Assert.Equal(ExitCode.Fatal, log.EndedWith);
    }

    public void Dispose() => data.Dispose();

    /// <summary>Throws at the first act of the story after the start: a fault that the service telling the story does not expect.</summary>
    private sealed class Snapping : ILoggerProvider, ILogger
    {
        private const int Act = 4100;
        private const int Started = 4010;
        private const int Ended = 4013;

        private bool armed;

        public int? EndedWith { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == Ended && state is IEnumerable<KeyValuePair<string, object?>> values) EndedWith = (int?)values.First(value => value.Key == "Code").Value;
            if (eventId.Id == Act && armed) throw new InvalidOperationException("The story's teller stumbles.");
            armed |= eventId.Id == Started;
        }

        public void Dispose()
        {
            // nothing to let go
        }
    }
}
