using System.Diagnostics;

namespace MimHybrid.Chaos.Deeds;

/// <summary>Standard output that takes nothing, or not any more: the agent carries, takes requests, and ends when it is asked to.</summary>
internal static class OutputInTheWay
{
    /// <summary>What a pipe of Linux takes before its writer has to wait.</summary>
    private const int PipeSize = 65536;

    public static async Task FullAsync(Scene scene, Random chance)
    {
        await scene.Agent.KillAsync();
        scene.StartAgent("/dev/full");
        await WorksAsync(scene, chance);
    }

    /// <summary>The reader goes away after some lines.</summary>
    public static async Task ClosedAsync(Scene scene, Random chance)
    {
        var pipe = await MakePipeAsync(scene);
        await scene.Agent.KillAsync();
        using var reader = Child.Start("head", new ProcessStartInfo("head", ["-n", $"{chance.Next(1, 6)}", pipe]));
        scene.StartAgent(pipe);
        await reader.EndAsync(scene.Patience, scene.Token);
        await WorksAsync(scene, chance);
    }

    /// <summary>The reader stays, and does not read; the pipe is full from the start.</summary>
    public static async Task StuckAsync(Scene scene, Random chance)
    {
        var pipe = await MakePipeAsync(scene);
        await scene.Agent.KillAsync();
        await using var reader = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        await reader.WriteAsync(new byte[PipeSize], scene.Token);
        scene.StartAgent(pipe);
        await WorksAsync(scene, chance);
    }

    private static async Task WorksAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await scene.Rest.ComeAsync();
        await scene.AskAsync([0], "--force", "--sequence", "ChangeDriven");
        await scene.AskAsync([0], "stop");
        await scene.EndsAsync("after mimhybrid stop", 0);
        scene.StartAgent();
    }

    private static async Task<string> MakePipeAsync(Scene scene)
    {
        var pipe = scene.Beside($"pipe-{Guid.NewGuid():N}");
        await Child.RunAsync("mkfifo", pipe);
        return pipe;
    }
}
