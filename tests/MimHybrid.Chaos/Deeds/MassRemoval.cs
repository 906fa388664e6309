using System.Text.Json;

namespace MimHybrid.Chaos.Deeds;

/// <summary>
/// More guests leave at once than may without asking: their accounts stay, whatever else happens, until somebody approves
/// (src/README.md#statement-6).
/// </summary>
internal static class MassRemoval
{
    private const int Leaving = 8;
    private const int Enough = 22;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>While the agent runs, while it is down, or while its store is lost.</summary>
    public static async Task HoldAsync(Scene scene, Random chance)
    {
        scene.Life.InviteUpTo(Enough);
        await scene.Rest.ComeAsync();
        var when = chance.Next(4);
        if (when > 0) await scene.Agent.KillAsync();
        if (when == 1) foreach (var part in new[] { "", "-wal", "-shm" }) File.Delete(scene.Store + part);
        var leaving = scene.Life.RemoveMany(Leaving, chance);
        if (when > 0) scene.StartAgent();

        await HoldsAsync(scene, leaving);
        if (chance.Next(2) == 0)
        {
            await scene.Agent.KillAsync();
            scene.StartAgent();
            await scene.PauseAsync(chance, 3);
            await HoldsAsync(scene, leaving);
        }

        if (chance.Next(3) == 0) await scene.AskAsync([1], "--force");
        if (chance.Next(3) == 0) await scene.AskAsync([1], "approve", "removals"); // nobody can be asked, so nothing is approved
        await HoldsAsync(scene, leaving);
        await ApproveAsync(scene);
        scene.Tally.Count("mass removals held until they were approved");
    }

    private static async Task HoldsAsync(Scene scene, IReadOnlyList<string> leaving)
    {
        var time = TimeProvider.System;
        string? state = null;
        for (var until = time.GetUtcNow() + scene.Patience; state != "Holding" && time.GetUtcNow() < until; await scene.PauseAsync(Look))
        {
            RequireAll(scene, leaving);
            state = await StateAsync(scene);
        }

        RequireAll(scene, leaving);
        if (state != "Holding")
            throw new BrokenPromiseException($"{leaving.Count} guests left, and status says {state} after {scene.Patience:c}");
    }

    /// <summary>A store that is lost is not there until the agent has begun.</summary>
    private static async Task<string?> StateAsync(Scene scene)
    {
        var (code, said) = await scene.AskAsync("status", "--json");
        if (code is not (0 or 6)) throw new BrokenPromiseException($"status of an agent that holds ended with {code}: {Scene.Last(said)}");
        if (code == 6) return null;
        using var status = JsonDocument.Parse(said.Single(line => line.StartsWith('{')));
        return status.RootElement.GetProperty("state").GetString();
    }

    /// <summary>
    /// What is shown passes. What a later look finds (staged by an import, or waiting for the export) has to be approved again.
    /// </summary>
    private static async Task ApproveAsync(Scene scene)
    {
        for (var times = 0; times < 3; times++)
        {
            await scene.AskAsync([0], "approve", "removals", "--yes");
            if (await scene.Rest.TryAsync(TimeSpan.FromSeconds(20)) is null) return;
        }
    }

    private static void RequireAll(Scene scene, IReadOnlyList<string> leaving)
    {
        if (leaving.Except(scene.Rest.Accounts()).FirstOrDefault() is { } gone)
            throw new BrokenPromiseException($"the account of {gone} was deleted, and nobody had approved that");
    }
}
