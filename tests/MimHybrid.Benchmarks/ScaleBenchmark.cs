using System.Diagnostics;
using System.Globalization;
using MimHybrid.Graph;

namespace MimHybrid.Benchmarks;

/// <summary>A large tenant, read both ways: once through, and once with a kill in the middle and a second process that goes on.</summary>
internal static class ScaleBenchmark
{
    public static async Task<int> RunAsync(int members, int guests)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members} members, {guests} guests, {Environment.ProcessorCount} processors"));
        using var tenant = TenantProcess.Start(members, guests);
        foreach (var (kind, killAt) in new[] { (BaselineChoice.List, guests / 2000), (BaselineChoice.Delta, (members + guests) / 400) })
        {
            Console.WriteLine($"-- {kind}, once through");
            await EnumerateAsync(tenant.Access, kind, killAt: null);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"-- {kind}, killed at page {killAt}, then gone on with"));
            await EnumerateAsync(tenant.Access, kind, killAt);
        }

        return 0;
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
            if (!line.StartsWith("page ", StringComparison.Ordinal)) Console.WriteLine("   " + line);
        }

        await child.WaitForExitAsync();
    }

    private static void Kill(Process child, string line)
    {
        child.Kill();
        Console.WriteLine($"   killed at {line}");
    }
}
