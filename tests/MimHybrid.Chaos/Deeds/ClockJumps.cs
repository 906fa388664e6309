namespace MimHybrid.Chaos.Deeds;

/// <summary>The machine's clock jumps while the agent works, forward and back, by seconds or by months.</summary>
internal static class ClockJumps
{
    /// <summary>Not so far that the tenant's certificate, made for this run, is not valid: that is another deed.</summary>
    private static readonly TimeSpan[] Jumps =
    [
        TimeSpan.FromSeconds(7), TimeSpan.FromMinutes(3), TimeSpan.FromHours(1), TimeSpan.FromHours(20), TimeSpan.FromDays(9),
        TimeSpan.FromDays(200), -TimeSpan.FromSeconds(7), -TimeSpan.FromMinutes(3), -TimeSpan.FromHours(1), -TimeSpan.FromHours(20),
    ];

    public static async Task JumpAsync(Scene scene, Random chance)
    {
        await scene.Agent.KillAsync();
        var clock = new FalseClock(scene.Beside(""));
        scene.Launch.Clock = clock;
        try
        {
            scene.StartAgent();
            scene.Life.Move(chance);
            await scene.Rest.ComeAsync();
            for (var jumps = chance.Next(1, 4); jumps > 0; jumps--)
            {
                if (chance.Next(2) == 0) scene.Life.Move(chance); // a change may be in the middle of its way
                clock.Jump(Jumps[chance.Next(Jumps.Length)]);
                scene.Tally.Count("clock jumps");
                scene.Life.Move(chance);
                await scene.PauseAsync(chance, 3);
                if (!scene.IsRunning) throw new BrokenPromiseException($"a clock's jump ended the agent: {Scene.Last(scene.Agent.Said)}");
                await scene.AskAsync([0], "status", "--json");
            }

            clock.Jump(TimeSpan.Zero);
            scene.Life.Move(chance);
            await scene.Rest.ComeAsync();
            await scene.Agent.KillAsync();
        }
        finally
        {
            scene.Launch.Clock = null;
        }

        scene.StartAgent();
    }
}
