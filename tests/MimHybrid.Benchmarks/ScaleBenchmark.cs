using System.Diagnostics;
using System.Globalization;
using MimHybrid.Graph;

namespace MimHybrid.Benchmarks;

/// <summary>A large tenant, read both ways: once through, and once with a kill in the middle and a second process that goes on.</summary>
internal static class ScaleBenchmark
{
    private static readonly List<string> Said = [];

    public static async Task<int> RunAsync(int members, int guests)
    {
        Said.Clear();
        Say(string.Create(CultureInfo.InvariantCulture, $"{members} members, {guests} guests, {Environment.ProcessorCount} processors"));
        using var tenant = TenantProcess.Start(members, guests);
        foreach (var (kind, killAt) in new[] { (BaselineChoice.List, guests / 2000), (BaselineChoice.Delta, (members + guests) / 400) })
        {
            Say($"-- {kind}, once through");
            await EnumerateAsync(tenant.Access, kind, killAt: null);
            Say(string.Create(CultureInfo.InvariantCulture, $"-- {kind}, killed at page {killAt}, then gone on with"));
            await EnumerateAsync(tenant.Access, kind, killAt);
        }

        Results.WriteJson("scale", new { members, guests, said = Said });
        if (members == 1_000_000) Results.WriteTable("scale", $"```text\n{string.Join('\n', Said)}\n```\n");
        return 0;
    }

    private static void Say(string line)
    {
        Said.Add(line);
        Console.WriteLine(line);
    }

    private static async Task EnumerateAsync(TenantAccess access, BaselineChoice kind, int? killAt)
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-scale-").FullName;
        if (killAt is { } page) await RunChildAsync(access, kind, folder, string.Create(CultureInfo.InvariantCulture, $"page {page}"));
        await RunChildAsync(access, kind, folder, killAt: null);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunChildAsync(TenantAccess access, BaselineChoice kind, string folder, string? killAt)
    {
        using var child = Child.Start("baseline", access.ToString(), kind.ToString(), folder);
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == killAt) Kill(child, line);
            if (!line.StartsWith("page ", StringComparison.Ordinal)) Say("   " + line);
        }

        await child.WaitForExitAsync();
    }

    private static void Kill(Process child, string line)
    {
        child.Kill();
        Say($"   killed at {line}");
    }
}
