using Microsoft.Extensions.Logging;
using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Sandbox.Rehearsals;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.EndToEnd.Tests.Rehearsals;

/// <summary>Plays a rehearsal with the whole agent, in this process and in a fraction of its time.</summary>
internal static class Playhouse
{
    public const int Fast = 20;

    /// <summary>For what has to meet within some seconds of the rehearsal, on a machine that does much else.</summary>
    public const int Careful = 8;

    /// <summary>Far longer than any rehearsal takes: one that does not come to its end must say where it stopped, not hold the test run.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>When the rehearsal is over, nothing more happens.</summary>
    private static readonly SetValue[] Quiet = [new("Sandbox:Story", "false")];

    /// <summary>Plays it to its end. Returns what was said, and the run log.</summary>
    public static async Task<(IReadOnlyList<string> Said, IReadOnlyList<CycleRecord> RunLog)> PlayAsync(string name, int speed)
    {
        using var data = new DataDirectory();
        using var said = new LogKeeper();
        await RunAsync(data.Path, Rehearsal.Find(name)!, new FastClock(speed), said);
        using var store = AgentStore.Open(data.Path);
        return (Said(said), [.. store.Reader.ReadLog(new RunLogQuery())]);
    }

    private static async Task RunAsync(string data, Rehearsal rehearsal, FastClock clock, LogKeeper said)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = DataFolder.TryLock(data)!;
        var settings = SettingsLoader.Load(new CommonValues(data, Config: null, Sandbox: true, rehearsal, Set: Quiet));
        await using var agent = await AgentHost.StartAsync(folder, settings, said, clock, token);

        using var curtain = CancellationTokenSource.CreateLinkedTokenSource(token);
        var running = agent.RunAsync(limit: null, curtain.Token);
        try
        {
            await Task.WhenAny(running, said.UntilAsync(_ => IsOver(Said(said), rehearsal), token)).WaitAsync(Patience, token);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException(
                $"The rehearsal {rehearsal.Name} did not come to its end. Said was:{Environment.NewLine}{string.Join(Environment.NewLine, Said(said))}");
        }

        await curtain.CancelAsync();
        Assert.Contains(await running, new[] { ExitCode.Done, ExitCode.Cancelled }); // it ends by itself, or right before
    }

    /// <summary>What a person reads of it on the console.</summary>
    private static List<string> Said(LogKeeper log) => [.. log.Lines.Where(line => line.Level >= LogLevel.Information).Select(line => line.Text)];

    /// <summary>The last act was played, and the agent has closed its last cycle.</summary>
    private static bool IsOver(List<string> said, Rehearsal rehearsal) =>
        said.Exists(line => line.Contains($"that was {rehearsal.Name}", StringComparison.Ordinal))
        && LastOf(said, "Idle:") > LastOf(said, "Cycle ");

    private static int LastOf(List<string> said, string beginning) =>
        said.FindLastIndex(line => line.StartsWith(beginning, StringComparison.Ordinal));
}
