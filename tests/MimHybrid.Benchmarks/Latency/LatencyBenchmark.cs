using System.Diagnostics;
using System.Globalization;

namespace MimHybrid.Benchmarks.Latency;

/// <summary>From the change in the tenant to MIM's first run profile, taken apart; and what of a cycle is not MIM's.</summary>
internal static class LatencyBenchmark
{
    /// <summary>So many pass first and do not count: they compile.</summary>
    private const int WarmUp = 10;

    public static async Task<int> RunAsync()
    {
        var load = Load();
        var changes = await InviteAsync(TimeSpan.Zero, repetitions: 60);
        var forced = await ForceAsync(repetitions: 20);
        var lasting = await InviteAsync(TimeSpan.FromSeconds(1), repetitions: 10);
        var result = LatencyResult.Of(changes, forced, lasting) with { LoadBefore = load, LoadAfter = Load() };
        Results.WriteJson("latency", result);
        var table = result.ToTable();
        Console.WriteLine(table);
        Results.WriteTable("latency", table);
        return 0;
    }

    public static async Task<IReadOnlyList<Moments>> InviteAsync(TimeSpan step, int repetitions, int warmUp = WarmUp)
    {
        var random = new Random(1);
        await using var scene = await LatencyScene.StartAsync(step);
        var all = new List<Moments>();
        var torn = 0;
        for (var number = -(step > TimeSpan.Zero ? 1 : warmUp); number < repetitions; number++)
        {
            var one = await scene.InviteAsync(random);
            if (one.IsWhole && number >= 0) all.Add(one);
            if (one.IsWhole) continue;

            // Who marks a moment can be set aside by the system between the deed and the mark; then the change counts for nothing.
            if (++torn > 3) throw new InvalidOperationException("Changes were not seen at each of their stations, or not in their order.");
            number--;
        }

        return all;
    }

    /// <summary>By the executable, typed beside the agent: from its start to the first Execute, and from its row.</summary>
    private static async Task<IReadOnlyList<(TimeSpan FromStart, TimeSpan FromRow)>> ForceAsync(int repetitions)
    {
        await using var scene = await LatencyScene.StartAsync(TimeSpan.Zero);
        var all = new List<(TimeSpan, TimeSpan)>();
        for (var number = -2; number < repetitions; number++)
        {
            Process? command = null;
            var before = TimeProvider.System.GetUtcNow();
            var seen = await scene.CycleAsync(() => command = Force(scene.Folder));
            await command!.WaitForExitAsync();
            if (command.ExitCode != 0) throw new InvalidOperationException($"mimhybrid --force ended with {command.ExitCode}.");
            command.Dispose();
            if (number >= 0) all.Add((seen.FirstExecuteAt - before, seen.FirstExecuteAt - scene.RequestedAt!.Value));
        }

        return all;
    }

    private static Process Force(string folder)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "mimhybrid.dll"), "--force", "--sequence", "ChangeDriven", "--data", folder];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>How many wanted a processor in the last minute; null where the system does not say.</summary>
    private static double? Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
