using System.Globalization;

namespace MimHybrid.Chaos.Deeds;

/// <summary>The agent's end in the middle of whatever it does.</summary>
internal static class Ending
{
    private const int Cancelled = 130;

    private static readonly (string Name, int Number)[] Signals = [("TERM", 15), ("INT", 2), ("HUP", 1), ("QUIT", 3)];

    /// <summary>As long as the start of a cycle and its end are apart here, and then some.</summary>
    private const double Seconds = 2.5;

    /// <summary>Once or several times: at work, or while it starts.</summary>
    public static async Task KillAsync(Scene scene, Random chance)
    {
        for (var times = chance.Next(1, 4); times > 0; times--)
        {
            scene.Life.Move(chance);
            if (chance.Next(4) > 0) await scene.HasBegunAsync();
            await scene.PauseAsync(chance, Seconds);
            await scene.Agent.KillAsync();
            scene.Tally.Count("kills (SIGKILL)");
            if (chance.Next(3) == 0) scene.Life.Move(chance);
            scene.StartAgent();
        }
    }

    public static async Task SignalAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await scene.PauseAsync(chance, Seconds);
        var heeded = Signals.Where(each => !IsIgnored(each.Number)).ToList();
        var signal = heeded[chance.Next(heeded.Count)].Name;
        await scene.Agent.SendAsync(signal);
        if (chance.Next(4) == 0)
        {
            await scene.PauseAsync(chance, 0.3);
            await scene.Agent.SendAsync("INT"); // a second one ends it at once
        }

        await scene.EndsAsync($"after SIG{signal}", Cancelled);
        scene.StartAgent();
    }

    public static async Task StopAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await scene.PauseAsync(chance, Seconds);
        await scene.AskAsync([0], "stop");
        await scene.EndsAsync("after mimhybrid stop", 0);
        scene.StartAgent();
    }

    /// <summary>
    /// What this process was told to ignore, by <c>nohup</c> or a shell's <c>&amp;</c>, whom it starts ignores as well. Elsewhere than on
    /// Linux nobody can tell.
    /// </summary>
    private static bool IsIgnored(int signal) => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
        .Select(line => ulong.Parse(line.AsSpan("SigIgn:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture))
        .Any(ignored => (ignored & (1UL << (signal - 1))) != 0);
}
