using System.Text.Json;

namespace MimHybrid.Testing;

/// <summary>A data folder of a test's own, and what can be asked of it through the command line.</summary>
public sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mimhybrid-e2e-").FullName;

    /// <summary>The display names in the sandbox's directory, as a person would find them in the file.</summary>
    public IReadOnlyList<string> Accounts()
    {
        var file = System.IO.Path.Combine(Path, "sandbox", "directory.json");
        if (!File.Exists(file)) return [];
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var accounts = document.RootElement.GetProperty("accounts").EnumerateArray();
        return [.. accounts.Select(account => account.GetProperty("displayName").GetString()!)];
    }

    /// <summary>The run log as <c>log --json</c> prints it.</summary>
    public async Task<IReadOnlyList<JsonElement>> RunLogAsync()
    {
        var (code, output) = await Mimhybrid.RunAsync(["log", "--json", "--data", Path]);
        Assert.Equal(0, code);
        return [.. output.Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public async Task<JsonElement> StatusAsync()
    {
        var (code, output) = await Mimhybrid.RunAsync(["status", "--json", "--data", Path]);
        Assert.Equal(0, code);
        return JsonDocument.Parse(Assert.Single(output)).RootElement;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
