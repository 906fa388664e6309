using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.EndToEnd.Tests;

/// <summary>A tenant that is not the agent's own: over HTTPS, found by its settings, trusted through the system's certificates.</summary>
public sealed class TwoHalvesTests : IDisposable
{
    /// <summary>The sandbox's tenant, and the MIM of this machine, which has none. Its guests settle never, so that Full alone is tried.</summary>
    private static readonly string[] OnMim =
    [
        "run", "--set", "Graph:Connection=Sandbox", "--set", "BootDelay=00:00:00", "--set", "Functions:FallbackCycle:Sequence=Full",
        "--set", "Functions:GuestChanges:SettleTime=1.00:00:00", "--set", "Functions:GuestChanges:LongestWait=1.00:00:00",
    ];

    private readonly DataDirectory data = new();

    [Fact]
    public async Task A_tenant_elsewhere_with_the_sandboxs_sync_server_does_the_main_job_and_tells_no_secret()
    {
        await using var tenant = await TenantElsewhere.StartAsync();
        tenant.Directory.Invite("Lena Brandt", "lena@fabrikam.example");

        using var agent = Mimhybrid.Start(["run", "--once", "--data", data.Path], TenantElsewhere.SettingsFor(tenant, data));
        Assert.Equal(0, await agent.ExitAsync());

        Assert.Equal(["Lena Brandt"], data.Accounts());
        var secrets = new[] { tenant.ClientSecret, "Bearer ", "$deltatoken" };
        Assert.DoesNotContain(agent.Output, line => secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(tenant.ClientSecret, await ReadAllAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tenant_that_is_away_is_told_once_and_the_agent_recovers_by_itself()
    {
        await using var tenant = await TenantElsewhere.StartAsync();
        tenant.Faults.Next(Fault.Unavailable(), count: 2, when: request => request is { IsTokenRequest: false, IsFromManagementAgent: false });
        using var agent = Mimhybrid.Start(["run", "--data", data.Path], [.. TenantElsewhere.SettingsFor(tenant, data), ("MIMHYBRID_Backoff__First", "00:00:00.1")]);

        await agent.SaysAsync("Guest changes can be read again");

        Assert.Single(agent.Output, line => line.Contains("No guest changes can be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_cim_library_the_agent_says_so_in_one_clear_sentence_and_holds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the library.");
        using var agent = Mimhybrid.Start([.. OnMim, "--data", data.Path], Pace.Quiet);
        await agent.SaysAsync("Holding:");

        Assert.Equal("Holding", (await data.StatusAsync()).GetProperty("state").GetString());
        Assert.Single(agent.Output, line => line.Contains("Cycle 1: Full failed", StringComparison.Ordinal) && line.Contains("only be asked from Windows", StringComparison.Ordinal));
        Assert.DoesNotContain(agent.Output, line => line.Contains("   at ", StringComparison.Ordinal));
        Assert.Equal("Failed", Assert.Single(await data.RunLogAsync()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task What_needs_a_person_is_an_error_once_however_often_it_is_tried_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the library.");
        string[] soon = ["--set", "Backoff:First=00:00:00.1", "--set", "Backoff:Longest=00:00:00.1", "--set", "ShortestPause=00:00:01"];
        using var agent = Mimhybrid.Start([.. OnMim, .. soon, "--data", data.Path], Pace.Quiet);
        await agent.SaysAsync("Cycle 3: Full failed as before");

        Assert.Single(agent.Output, line => line.Contains("Error: Cycle", StringComparison.Ordinal));
        Assert.Single(agent.Output, line => line.Contains("Error: Holding", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--once")]
    [InlineData("--force")]
    public async Task Without_a_cim_library_a_single_round_is_refused_with_exit_code_4_before_a_cycle_begins(string round)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has the library.");
        var (code, output) = await Mimhybrid.RunAsync([.. OnMim, round, "--data", data.Path]);

        Assert.Equal(4, code);
        Assert.Single(output, line => line.Contains("has no native CIM library", StringComparison.Ordinal));
        Assert.Empty(await data.RunLogAsync());
    }

    [Fact]
    public async Task Two_agents_with_folders_of_their_own_do_not_drive_one_sync_server()
    {
        using var other = new DataDirectory();
        using var agent = Mimhybrid.Start([.. OnMim, "--data", data.Path]);
        await agent.SaysAsync("Cycle 1: Full failed");
        Assert.Equal(5, (await Mimhybrid.RunAsync([.. OnMim, "--once", "--data", other.Path])).Code);
    }

    public void Dispose() => data.Dispose();

    private async Task<string> ReadAllAsync()
    {
        var texts = Directory.EnumerateFiles(data.Path, "agent.*").Select(file => File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        return string.Concat((await Task.WhenAll(texts)).Select(System.Text.Encoding.Latin1.GetString));
    }
}
