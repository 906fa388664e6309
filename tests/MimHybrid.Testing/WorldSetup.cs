using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Cycles.Settings;
using MimHybrid.Graph;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Testing;

/// <summary>What is to be unusual about a world.</summary>
public sealed record WorldSetup
{
    /// <summary>What differs from the shipped settings.</summary>
    public Action<AgentSettings>? Settings { get; init; }

    /// <summary>What stands between an agent and the sync server, e.g. something that dies. Made anew for each process.</summary>
    public Func<ICimConnection, ICimConnection> Door { get; init; } = connection => connection;

    /// <summary>What an agent takes for the time. Made anew for each process.</summary>
    public Func<TimeProvider, TimeProvider> AgentTime { get; init; } = clock => clock;

    /// <summary>
    /// An agent's waits within a cycle pass as soon as it waits (<see cref="PassingWaits"/>). If not, they pass when everybody under way
    /// waits and the test lets them (<see cref="PacedClock"/>): for tests in which several things go on at once.
    /// </summary>
    public bool WaitsPass { get; init; }

    /// <summary>What happens before each commit to an agent's store. Made anew for each process.</summary>
    public Func<Action?> Committing { get; init; } = () => null;

    /// <summary>Where the agent's cycles are logged.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>What Graph's delta pages look like.</summary>
    public PageShape Pages { get; init; } = new();

    /// <summary>How the agent reads the tenant as a whole.</summary>
    public BaselineChoice Baseline { get; init; } = BaselineChoice.Auto;

    /// <summary>The properties that the agent asks for; null for the default.</summary>
    public string[]? Select { get; init; }

    /// <summary>How long a change takes to be told by delta queries.</summary>
    public TimeSpan DeltaLag { get; init; }

    /// <summary>How long a change takes to be seen by all other reads.</summary>
    public TimeSpan ReadLag { get; init; }

    /// <summary>How long each run of MIM takes.</summary>
    public TimeSpan StepDuration { get; init; }

    /// <summary>What MIM's management agents and run profiles are called, and which others there are.</summary>
    public Func<SyncServerOptions, SyncServerOptions> Naming { get; init; } = options => options;

    /// <summary>How many runs MIM's history keeps.</summary>
    public int KeptRuns { get; init; } = 500;
}
