using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace MimHybrid.Infra.Tests;

/// <summary>
/// All queries, read once by Microsoft's own analyzer of KQL. It exists for JavaScript only (npm's @kusto/language-service-next), so it needs Node.js and npm's registry;
/// where these are missing, the tests say that they did not run.
/// </summary>
public sealed class KustoAnalysis : IAsyncLifetime
{
    /// <summary>What a workbook puts in the place of its parameters.</summary>
    private static readonly Dictionary<string, string> Parameters = new() { ["{TimeRange:grain}"] = "1h", ["{Server}"] = "*", ["{CycleServer}"] = "server", ["{Cycle}"] = "7" };

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-kusto-").FullName;
    private Dictionary<string, string[]> findings = [];

    /// <summary>Why nothing was read; null when all was.</summary>
    public string? LeftOut { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var queries = Directory.CreateDirectory(Path.Combine(folder, "queries")).FullName;
        foreach (var (name, text) in Infra.Queries) await File.WriteAllTextAsync(Path.Combine(queries, name), Parameters.Aggregate(text, (query, one) => query.Replace(one.Key, one.Value, StringComparison.Ordinal)));
        await File.WriteAllTextAsync(Path.Combine(queries, "wrong"), "customMetrics | where name has 'x' | summarize sum(valueSume)");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Infra.Root, "tests", "MimHybrid.Infra.Tests", "Kusto"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

        try
        {
            await RunAsync("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
            findings = JsonSerializer.Deserialize<Dictionary<string, string[]>>(await RunAsync("node", "analyze.js", queries))!;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            LeftOut = e.Message;
        }
    }

    public IReadOnlyList<string> Of(string query) => findings[query];

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="Win32Exception">There is no such program.</exception>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var messages = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {await messages}");
    }
}
