using System.Text;

namespace MimHybrid.Chaos.Deeds;

/// <summary>
/// A store that is not what the agent left: damaged at places of chance, or not there at all. What is damaged is put aside and never
/// deleted.
/// </summary>
internal static class Damage
{
    private const int MostPlaces = 16;
    private const int PageSize = 4096;
    private const int SectorSize = 512;

    /// <summary>How long an agent may try before a person does what its message says.</summary>
    private static readonly TimeSpan UntilAPersonComes = TimeSpan.FromSeconds(25);

    private static readonly string[] Parts = ["", "-wal", "-shm"];

    public static async Task FlipAsync(Scene scene, Random chance)
    {
        scene.Life.Move(chance);
        await DownAsync(scene, chance);
        var aside = scene.Aside;
        var places = chance.Next(3) == 0 ? 1 : chance.Next(1, MostPlaces + 1); // one alone is the hardest to notice
        for (var place = 0; place < places; place++) Flip(PartOf(scene, chance), chance);
        scene.Tally.Count("places of the store flipped", places);
        scene.StartAgent();
        scene.Life.Move(chance);
        await RecoverAsync(scene);
        if (scene.Aside.Count > aside.Count) scene.Tally.Count("damaged stores put aside");
        RequireAll(scene, aside);
        if (scene.Rest.GuestsTooMany() == 0) return;

        // SQLite keeps no sums of what lies on a page: a value that is another one now is nobody's damage. A new reading finds it.
        scene.Tally.Count("flips that changed whom the store knows, put right by mimhybrid resync");
        await scene.AskAsync([0], "resync");
        await scene.Rest.ComeAsync([6, 70]);
    }

    /// <summary>Empty, another program's, or gone.</summary>
    public static async Task GoneAsync(Scene scene, Random chance)
    {
        if (chance.Next(2) == 0) scene.Life.Move(chance);
        await DownAsync(scene, chance);
        var before = scene.Aside;
        byte[]? foreign = chance.Next(4) switch
        {
            0 => [],
            1 => Encoding.UTF8.GetBytes("This is somebody's note, and no store.\n"),
            2 => Noise(chance, PageSize * 3),
            _ => null,
        };
        foreach (var part in Parts.Where(_ => chance.Next(3) > 0 || foreign is null)) File.Delete(scene.Store + part);
        var isWhole = File.Exists(scene.Store + "-wal"); // a write-ahead log that has every page is the store, whatever lies beside it
        if (foreign is not null) await File.WriteAllBytesAsync(scene.Store, foreign, scene.Token);
        scene.StartAgent();
        await RecoverAsync(scene);
        RequireAll(scene, before);
        if (foreign is null) return;
        var added = scene.Aside.Except(before).ToList();
        if (added.Count == 0 && isWhole) return;
        if (added.Count != 1) throw new BrokenPromiseException($"of a foreign store {added.Count} files were put aside, not one");
        var there = await File.ReadAllBytesAsync(added[0], scene.Token);
        if (!there.AsSpan().SequenceEqual(foreign))
            throw new BrokenPromiseException($"{added[0]} is not what lay there");
        scene.Tally.Count("foreign and empty stores put aside as they were");
    }

    /// <summary>By a kill the write-ahead log stays; after an orderly end there is none.</summary>
    private static async Task DownAsync(Scene scene, Random chance)
    {
        await scene.PauseAsync(chance, 1.5);
        if (chance.Next(3) > 0)
        {
            await scene.Agent.KillAsync();
            return;
        }

        await scene.Agent.SendAsync("TERM");
        await scene.EndsAsync("after SIGTERM", 130);
    }

    /// <summary>By itself, or with the help of a person who does what the agent says.</summary>
    private static async Task RecoverAsync(Scene scene)
    {
        var time = TimeProvider.System;
        for (var until = time.GetUtcNow() + scene.Patience; time.GetUtcNow() < until;)
        {
            if (await scene.Rest.TryAsync(UntilAPersonComes, 6, 70) is null) return;
            if (await HoldsRemovalsAsync(scene)) await ApproveAsync(scene);
            else if (scene.Agent.Says("move it away")) await MoveAwayAsync(scene);
        }

        await scene.Rest.ComeAsync(6, 70);
    }

    /// <summary>
    /// With the newest pages gone, the agent knows guests who have left and does not know any more that their removals were carried. More
    /// of them than may be is held, as any removals are.
    /// </summary>
    private static async Task<bool> HoldsRemovalsAsync(Scene scene)
    {
        var (code, said) = await scene.AskAsync("status");
        return code == 0 && said.Any(line => line.Contains("approve removals", StringComparison.Ordinal));
    }

    private static async Task ApproveAsync(Scene scene)
    {
        await scene.AskAsync([0], "approve", "removals", "--yes");
        scene.Tally.Count("damaged stores after which removals had to be approved again");
    }

    private static async Task MoveAwayAsync(Scene scene)
    {
        await scene.Agent.KillAsync();
        foreach (var part in Parts.Where(part => File.Exists(scene.Store + part)))
            File.Move(scene.Store + part, scene.Beside($"moved-{Guid.NewGuid():N}{part}"));
        scene.Tally.Count("damaged stores that a person had to move away, as the agent said");
        scene.StartAgent();
    }

    private static void RequireAll(Scene scene, IReadOnlyList<string> before)
    {
        if (before.Except(scene.Aside).FirstOrDefault() is { } lost)
            throw new BrokenPromiseException($"{lost} was put aside once, and is gone");
    }

    private static string PartOf(Scene scene, Random chance)
    {
        var log = scene.Store + "-wal";
        return chance.Next(3) == 0 && File.Exists(log) && new FileInfo(log).Length > 0 ? log : scene.Store;
    }

    private static void Flip(string path, Random chance)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        if (file.Length == 0) return;
        var at = chance.NextInt64(file.Length);
        switch (chance.Next(10))
        {
            case 0:
                file.SetLength(at);
                break;
            case 1 or 2:
                Write(file, at / PageSize * PageSize, Noise(chance, PageSize));
                break;
            case 3 or 4:
                Write(file, at / SectorSize * SectorSize, new byte[SectorSize]);
                break;
            case 5 or 6:
                Write(file, at, Noise(chance, 1));
                break;
            default:
                file.Position = at;
                var bit = (byte)(file.ReadByte() ^ (1 << chance.Next(8)));
                Write(file, at, [bit]);
                break;
        }
    }

    private static void Write(FileStream file, long at, byte[] bytes)
    {
        file.Position = at;
        file.Write(bytes.AsSpan(0, (int)Math.Min(bytes.Length, file.Length - at)));
    }

    private static byte[] Noise(Random chance, int length)
    {
        var noise = new byte[length];
        chance.NextBytes(noise);
        return noise;
    }
}
