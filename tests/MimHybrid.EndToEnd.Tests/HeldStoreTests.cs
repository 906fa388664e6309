using MimHybrid.Agent;
using MimHybrid.Agent.Hosting;
using MimHybrid.Store;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>Another program keeps a transaction open in the store for longer than anybody waits for it.</summary>
public sealed class HeldStoreTests : IDisposable
{
    private readonly DataDirectory ofAnAgent = new();
    private readonly DataDirectory free = new();

    [Fact]
    public async Task Whoever_has_to_write_says_who_is_in_the_way_and_ends_as_documented()
    {
        foreach (var data in new[] { ofAnAgent, free }) AgentStore.Open(data.Path).Dispose();
        using var agent = DataFolder.TryLock(ofAnAgent.Path);
        using var first = new HeldStore(ofAnAgent.Path);
        using var second = new HeldStore(free.Path);

        var ended = await Task.WhenAll(
            Mimhybrid.RunAsync(["--force", "--data", ofAnAgent.Path]),
            Mimhybrid.RunAsync(["stop", "--data", ofAnAgent.Path]),
            Mimhybrid.RunAsync(["run", "--once", "--sandbox", "--data", free.Path]));

        Assert.All(ended, run =>
        {
            Assert.True(run.Code == ExitCode.StoreUnusable, string.Join(Environment.NewLine, run.Output));
            Assert.Contains(run.Output, line => line.Contains("Another program holds the store", StringComparison.Ordinal)
                && line.EndsWith("Close it, or wait until it is through. Then type the command again.", StringComparison.Ordinal));
            Assert.DoesNotContain(run.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        });
    }

    public void Dispose()
    {
        ofAnAgent.Dispose();
        free.Dispose();
    }
}
