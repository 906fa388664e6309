using System.Text.Json;

namespace MimHybrid.Chaos.Deeds;

/// <summary>Other processes on the same data folder.</summary>
internal static class Neighbours
{
    private const int Held = 5;

    private static readonly string[][] Looks =
        [["status"], ["status", "--json"], ["log"], ["log", "--json", "--last", "20"], ["config", "show"], ["check", "--json"]];

    /// <summary>A second agent beside one that runs is refused; of two that start together, one is.</summary>
    public static async Task TwoAgentsAsync(Scene scene, Random chance)
    {
        var together = chance.Next(2) == 0;
        if (together)
        {
            await scene.Agent.KillAsync();
            scene.StartAgent();
        }

        scene.Life.Move(chance);
        var second = scene.StartAnother();
        var first = scene.Agent;
        var refused = await FirstToEndAsync(scene, first, second);
        var code = await refused.EndAsync(scene.Patience, scene.Token);
        if (refused == first) scene.TakeOver(second);
        var bug = refused.BugReport;
        if (refused == second) second.Dispose();
        if (code != Held || bug is not null)
            throw new BrokenPromiseException($"of two agents one ended with {code}, not with {Held}. {bug}");
        if (!together && refused == first) throw new BrokenPromiseException("the agent that ran gave way to the second");
    }

    /// <summary>Through the agent that runs, and now and then with none.</summary>
    public static async Task ForceAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await scene.PauseAsync(chance, 1);
        string[] sequence = chance.Next(3) switch { 0 => [], 1 => ["--sequence", "Full"], _ => ["--sequence", "ChangeDriven"] };
        var alone = chance.Next(3) == 0;
        if (alone) await scene.Agent.KillAsync();
        await scene.AskAsync([0], ["--force", .. sequence]);
        if (alone) scene.StartAgent();
    }

    public static async Task ResyncAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await scene.AskAsync([0], "resync");
        scene.Life.Move(chance);
        if (chance.Next(2) == 0) return;
        await scene.PauseAsync(chance, 2);
        await scene.Agent.KillAsync();
        scene.StartAgent();
    }

    /// <summary>Several at once, while the agent works. What is JSON can be read as such.</summary>
    public static async Task LookAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        var looks = Enumerable.Range(0, 3).Select(_ => Looks[chance.Next(Looks.Length)]).ToList();
        await Task.WhenAll(looks.Select(look => LookAsync(scene, look)));
    }

    private static async Task LookAsync(Scene scene, string[] look)
    {
        // A check asks for what only a server has, and must say so.
        var said = await scene.AskAsync(look[0] == "check" ? [0, 4] : [0], look);
        if (!look.Contains("--json")) return;
        foreach (var line in said.Where(line => line.StartsWith('{'))) JsonDocument.Parse(line).Dispose();
    }

    private static async Task<Child> FirstToEndAsync(Scene scene, Child one, Child other)
    {
        var time = TimeProvider.System;
        for (var until = time.GetUtcNow() + scene.Patience; time.GetUtcNow() < until; await scene.PauseAsync(TimeSpan.FromMilliseconds(50)))
        {
            if (one.HasEnded) return one;
            if (other.HasEnded) return other;
        }

        throw new BrokenPromiseException($"two agents run on one folder, and none gave way within {scene.Patience:c}");
    }
}
