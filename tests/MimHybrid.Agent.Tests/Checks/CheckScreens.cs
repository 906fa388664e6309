using System.Text.RegularExpressions;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Agent.Tests.Show;
using MimHybrid.Flow.Tests.Stories;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What <c>check</c> finds where something is wrong, and <c>config show</c>, approved word for word: in a pipe, at 80 columns and at 120.</summary>
public sealed class CheckScreens
{
    private const string Folder = @"C:\ProgramData\MimHybrid";
    private const string File = @"C:\Program Files\MimHybrid\appsettings.json";

    [Fact]
    public async Task A_dead_connection()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Tenant.Faults.Next(
            new Fault.Answer(400, """{"error":"invalid_request","error_description":"AADSTS7000222: x","error_codes":[7000222]}"""), count: 10, when: request => request.IsTokenRequest);
        await MatchesAsync("check-dead-connection", await checkedServer.CheckAsync(), checkedServer.Data, "sign-in", "graph", "clock", "sync-server", "management-agents");
    }

    [Fact]
    public async Task A_store_of_another_version()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        AgentStore.Open(checkedServer.Data).Dispose();
        await using (var file = System.IO.File.OpenWrite(Path.Combine(checkedServer.Data, "agent.db")))
        {
            file.Position = 60; // PRAGMA user_version, https://sqlite.org/fileformat.html, 1.3
            await file.WriteAsync(new byte[] { 0, 0, 3, 231 }, TestContext.Current.CancellationToken);
        }

        await MatchesAsync("check-other-version", await checkedServer.CheckAsync(), checkedServer.Data, "store", "refused");
    }

    [Fact]
    public Task Settings_in_force() => Approved.MatchesAsync(
        Seen.Everywhere(new ConfigText(File, new()).Of(
        [
            new EffectiveSetting("(data folder)", Folder, "--data or its default"),
            new EffectiveSetting("Graph:TenantId", "contoso.com", File),
            new EffectiveSetting("Graph:ClientSecret", "(set, not shown)", "environment variable MIMHYBRID_Graph__ClientSecret"),
            new EffectiveSetting("BootDelay", "00:15:00", SettingsLayers.Default),
            new EffectiveSetting("Functions:GuestChanges:Sequence", "ChangeDriven", SettingsLayers.Default),
            new EffectiveSetting("SyncServer:ComputerName", null, SettingsLayers.Default),
        ])),
        "config-show");

    private static Task MatchesAsync(string name, IReadOnlyList<Finding> found, string folder, params string[] checks)
    {
        var all = new Sheet();
        var text = new CheckText(sheet => all.Add(sheet));
        var shown = found.Where(finding => checks.Contains(finding.Name)).Select(finding => finding with { Saw = Regex.Replace(finding.Saw.Replace(folder, Folder, StringComparison.Ordinal), @"knows \d+", "knows 14") }).ToList();
        foreach (var finding in shown) text.Tell(finding);
        text.End(shown);
        return Approved.MatchesAsync(Seen.Everywhere(all), name);
    }
}
