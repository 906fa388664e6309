using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace MimHybrid.Alerts.Tests.Cards;

/// <summary>
/// Microsoft's own reader of Adaptive Cards, the one that draws them: it says which elements and values version 1.4 does not know. It exists
/// for JavaScript (npm's adaptivecards), so it needs Node.js and npm's registry; where these are missing, the tests say that they did not run.
/// </summary>
public sealed class CardReader : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-cards-").FullName;

    /// <summary>Why no card is read; null when they are.</summary>
    public string? LeftOut { get; private set; }

    public async ValueTask InitializeAsync()
    {
        foreach (var name in new[] { "package.json", "package-lock.json", "read-cards.js" })
            await using (var resource = typeof(CardReader).Assembly.GetManifestResourceStream(name)!)
            await using (var file = File.Create(Path.Combine(folder, name)))
                await resource.CopyToAsync(file, TestContext.Current.CancellationToken);
        try
        {
            await RunAsync("npm", "", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            LeftOut = e.Message;
        }
    }

    /// <summary>What is wrong with cards, in the reader's words.</summary>
    public async Task<string[]> ReadAsync(string[] cards) =>
        JsonSerializer.Deserialize<string[]>(await RunAsync("node", $"[{string.Join(',', cards)}]", "read-cards.js"))!;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <exception cref="Win32Exception">There is no such program.</exception>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    private async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var messages = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await messages}");
    }
}
