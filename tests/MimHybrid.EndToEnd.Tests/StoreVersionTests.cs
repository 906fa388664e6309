using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Store;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>
/// Who looks at a store of another version, or asks something of its agent, gets a sentence and leaves the file as it was, to the byte.
/// </summary>
public sealed class StoreVersionTests : IDisposable
{
    /// <summary>Where the header of SQLite's file keeps PRAGMA user_version (https://sqlite.org/fileformat.html, 1.3).</summary>
    private const int VersionInHeader = 60;

    private static readonly string[][] Lookers = [["status"], ["log", "--last", "1"], ["approve", "removals", "--yes"]];

    private readonly DataDirectory data = new();

    private string File => Path.Combine(data.Path, "agent.db");

    [Theory]
    [InlineData(1, "older")]
    [InlineData(999, "newer")]
    public async Task Without_an_agent(int version, string sentence)
    {
        var before = MakeStoreOf(version);
        await RefusesAsync(sentence, Lookers);
        if (sentence == "newer") await RefusesAsync(sentence, [["--force", "--sandbox"], ["run", "--once", "--sandbox"]]);

        var (stopped, words) = await Mimhybrid.RunAsync(["stop", "--data", data.Path]);
        Assert.Equal(0, stopped);
        Assert.Contains(words, line => line.Contains("nothing to stop", StringComparison.Ordinal));
        await IsCheckedAsync(version);
        IsAsItWas(before);
    }

    [Theory]
    [InlineData(1, "older")]
    [InlineData(999, "newer")]
    public async Task Beside_an_agent(int version, string sentence)
    {
        var before = MakeStoreOf(version);
        using var agent = DataFolder.TryLock(data.Path);
        Assert.NotNull(agent);
        await RefusesAsync(sentence, [.. Lookers, ["stop"], ["--force"], ["run", "--sandbox"]]);
        await IsCheckedAsync(version);
        IsAsItWas(before);
    }

    public void Dispose() => data.Dispose();

    private byte[] MakeStoreOf(int version)
    {
        AgentStore.Open(data.Path).Dispose();
        using var file = new FileStream(File, FileMode.Open, FileAccess.Write);
        file.Position = VersionInHeader;
        file.Write([(byte)(version >> 24), (byte)(version >> 16), (byte)(version >> 8), (byte)version]);
        file.Dispose();
        return System.IO.File.ReadAllBytes(File);
    }

    private async Task RefusesAsync(string sentence, string[][] commands)
    {
        foreach (var command in commands)
        {
            var (code, output) = await Mimhybrid.RunAsync([.. command, "--data", data.Path]);
            Assert.True(code == ExitCode.StoreUnusable, $"{command[0]} ended with {code}: {string.Join(' ', output)}");
            Assert.Contains(output, line => line.Contains($"written by an {sentence} MimHybrid", StringComparison.Ordinal) || line.Contains($"written by a {sentence} MimHybrid", StringComparison.Ordinal));
            Assert.DoesNotContain(output, line => line.Contains("   at ", StringComparison.Ordinal));
        }
    }

    /// <summary>An older store is well: the next start brings it up to date. Only a newer one fails.</summary>
    private async Task IsCheckedAsync(int version)
    {
        var (code, output) = await Mimhybrid.RunAsync(["check", "--sandbox", "--data", data.Path]);
        Assert.Equal(version == 999 ? ExitCode.CheckFailed : ExitCode.Done, code);
        Assert.Contains(output, line => line.Contains(version == 999 ? "a newer MimHybrid wrote it" : "the next start of this program brings it to", StringComparison.Ordinal));
    }

    private void IsAsItWas(byte[] before)
    {
        Assert.Equal(before, System.IO.File.ReadAllBytes(File));
        Assert.Empty(Directory.GetFiles(data.Path, "agent.db-*"));
    }
}
