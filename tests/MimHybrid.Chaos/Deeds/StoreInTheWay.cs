using Microsoft.Data.Sqlite;

namespace MimHybrid.Chaos.Deeds;

/// <summary>A store that is whole and cannot be written: no room, no right, or somebody else has it.</summary>
internal static class StoreInTheWay
{
    private static readonly Lazy<Task<string?>> Mounting = new(TryToMountAsync);

    /// <summary>Disk and rights are played on a small file system of the scene's own.</summary>
    public static Task<string?> WhyNotAsync() => Mounting.Value;

    /// <summary>No room beside the store, or hardly any, while the agent works, and now and then while it starts.</summary>
    public static async Task DiskFullAsync(Scene scene, Random chance)
    {
        scene.Volume.Fill(leaving: chance.Next(4) * 16384L);
        scene.Life.Move(chance);
        await scene.PauseAsync(chance, 4);
        if (!scene.IsRunning) throw new BrokenPromiseException($"a full disk ended the agent: {Scene.Last(scene.Agent.Said)}");
        await scene.AskAsync([0, 6], "status");
        if (chance.Next(3) == 0)
        {
            await scene.Agent.KillAsync();
            scene.StartAgent();
            await scene.PauseAsync(chance, 3);
        }

        scene.Volume.MakeRoom();
        if (scene.IsRunning) return;
        await scene.EndsAsync("started on a full disk", 6);
        scene.StartAgent();
    }

    /// <summary>The agent cannot live there, and says so; who looks still sees.</summary>
    public static async Task ReadOnlyAsync(Scene scene, Random chance)
    {
        if (chance.Next(2) == 0) await scene.Agent.KillAsync();
        else await scene.AskAsync([0], "stop");
        await scene.EndsAsync("after its end", 0, 137);
        await scene.Volume.MakeReadOnlyAsync();
        try
        {
            scene.StartAgent();
            await scene.EndsAsync("started on a read-only folder", 3, 6);
            await scene.AskAsync([0, 6], "status");
            await scene.AskAsync([4], "check");
        }
        finally
        {
            await scene.Volume.MakeWritableAsync();
        }

        scene.StartAgent();
    }

    /// <summary>Another program writes for some seconds: shorter than the agent waits for it.</summary>
    public static Task LockAsync(Scene scene, Random chance) =>
        HoldAsync(scene, chance, TimeSpan.FromSeconds(0.2 + (chance.NextDouble() * 5)));

    /// <summary>Longer than it waits.</summary>
    public static Task LongLockAsync(Scene scene, Random chance) => HoldAsync(scene, chance, TimeSpan.FromSeconds(33 + chance.Next(8)));

    /// <summary>The agent starts while somebody has the whole file for himself, so that it cannot even be read.</summary>
    public static async Task LockAtStartAsync(Scene scene, Random chance)
    {
        await scene.AskAsync([0], "stop");
        await scene.EndsAsync("after mimhybrid stop", 0);
        await using (var other = await OpenAsync(scene))
        {
            await RunAsync(other, "PRAGMA locking_mode = EXCLUSIVE");
            await RunAsync(other, "BEGIN EXCLUSIVE");
            scene.StartAgent();
            scene.Life.Move(chance);
            await scene.PauseAsync(chance, 6);
            await RunAsync(other, "ROLLBACK");
        }

        if (scene.IsRunning) return;
        await scene.EndsAsync("started beside somebody who has the store", 6);
        scene.StartAgent();
    }

    private static async Task HoldAsync(Scene scene, Random chance, TimeSpan time)
    {
        await using var other = await OpenAsync(scene);
        await RunAsync(other, "BEGIN EXCLUSIVE");
        scene.Life.Move(chance);
        await scene.PauseAsync(time / 2);
        await scene.AskAsync([0], "status", "--json");
        await scene.PauseAsync(time / 2);
        await RunAsync(other, "ROLLBACK");
        if (!scene.IsRunning) throw new BrokenPromiseException($"a locked store ended the agent: {Scene.Last(scene.Agent.Said)}");
    }

    private static async Task<SqliteConnection> OpenAsync(Scene scene)
    {
        var address = new SqliteConnectionStringBuilder { DataSource = scene.Store, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
        var connection = new SqliteConnection(address.ToString());
        await connection.OpenAsync(scene.Token);
        return connection;
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the statements are constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string?> TryToMountAsync()
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-chaos-volume-").FullName;
        var volume = await Volume.CreateAsync(folder);
        await volume.UnmountAsync();
        Directory.Delete(folder);
        return volume.WhyNotOwn;
    }
}
