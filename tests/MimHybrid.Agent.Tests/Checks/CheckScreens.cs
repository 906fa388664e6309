using System.Text.RegularExpressions;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Tests.Commands;
using MimHybrid.Agent.Tests.Show;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>What <c>check</c> finds where something is wrong, and <c>config show</c>, approved word for word: in a pipe, at 80 columns and at 120.</summary>
public sealed class CheckScreens
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

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
    public async Task A_refused_guest()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using (var store = AgentStore.Open(checkedServer.Data))
        {
            var cycle = store.Cycles.BeginCycle(new CycleStart("GuestChanges", TriggerKind.GraphDelta, "ChangeDriven", "a test", null), Noon);
            var export = new PlannedStep(1, "ADMA", "Export", StepKind.Export);
            store.Cycles.BeginStep(cycle, export, firstImport: false, Noon);
            store.Cycles.EndStep(cycle, new StepEnd(export, new StepRecord { Position = 1, ManagementAgent = "ADMA", RunProfile = "Export", Result = "completed-export-errors" })
            {
                EndedWell = true,
                Refusals = new ExportRefusals(2, [new StepError("CN=Lena Brandt,OU=Guests,DC=contoso,DC=com", "permission-issue", "Insufficient access rights.", Noon, RetryCount: 0)], IsWhole: true),
            });
            store.Cycles.EndCycle(cycle, new CycleEnd(CycleOutcome.SucceededWithFindings), Noon);
        }

        await MatchesAsync("check-refused", await checkedServer.CheckAsync(), checkedServer.Data, "store", "agent", "refused");
    }

    [Fact]
    public Task A_hold() => MatchRunningAsync("check-hold", store => store.Cycles.RecordDecision(
        new RecordedDecision("Hold", null, "6 of 12 guests were removed in the tenant, more than RemovalGuard:Count 5 and RemovalGuard:Percent 5 allow", Noon)));

    [Fact]
    public Task The_first_reading() => MatchRunningAsync("check-first-reading", store =>
    {
        store.Guests.BeginGuestList(new Baseline("a link", "a fingerprint", Noon, Pages: 0, Users: 0, Guests: 0));
        store.Guests.CommitBaselinePage(new BaselinePage { Fingerprint = "a fingerprint", ReadAt = Noon, Users = 42000 }, "a next link");
    });

    [Fact]
    public async Task No_agent()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        AgentStore.Open(checkedServer.Data).Dispose();
        await MatchesAsync("check-no-agent", await checkedServer.CheckAsync(), checkedServer.Data, "data-folder", "store", "agent", "refused");
    }

    /// <summary>A path that leads back to itself is one that nobody may follow, not even root.</summary>
    [Fact]
    public async Task No_right_to_the_data_folder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder at which nobody may look, not even root.");
        await using var checkedServer = await CheckedServer.StartAsync();
        var loop = Path.Combine(checkedServer.Data, "loop");
        System.IO.File.CreateSymbolicLink(loop, loop);
        checkedServer.Data = Path.Combine(loop, "data");
        var found = (await checkedServer.CheckAsync()).Select(finding => finding with { Saw = Regex.Replace(finding.Saw, @"\(Too many[^)]*\)", $"(Access to the path '{Folder}' is denied)") });

        await MatchesAsync("check-no-right", [.. found], checkedServer.Data, "data-folder", "store", "agent", "refused");
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

    /// <summary>All of the command but the printing: a file that states three settings, and what else is in force.</summary>
    [Theory]
    [InlineData(null, true, "config-show-changed")]
    [InlineData("RemovalGuard", false, "config-show-prefix")]
    [InlineData("Nonsense", false, "config-show-none")]
    public async Task Settings_that_are_not_the_default_or_begin_alike(string? prefix, bool changed, string name)
    {
        var file = Path.GetTempFileName();
        await System.IO.File.WriteAllTextAsync(
            file, """{ "Graph": { "TenantId": "contoso.com", "ClientSecret": "planted" }, "RemovalGuard": { "Count": 5 } }""", TestContext.Current.CancellationToken);
        var options = new CommonValues(Folder, file, Sandbox: false, Rehearsal: null, Set: [new("BootDelay", "00:05:00")]);
        var layers = SettingsLayers.Read(options);
        var settings = SettingsLoader.Bind(layers, options).Settings;

        var shown = new ConfigText(layers.File, settings.Agent).Of(new ConfigCommand.Wish(prefix, changed, Json: false).Of(settings, layers, options));

        await Approved.MatchesAsync(Seen.Everywhere(shown).Replace(file, File, StringComparison.Ordinal), name);
        System.IO.File.Delete(file);
    }

    private static async Task MatchRunningAsync(string name, Action<AgentStore> happen)
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using var held = DataFolder.TryLock(checkedServer.Data);
        using (var store = AgentStore.Open(checkedServer.Data))
        {
            store.RecordHolder(new Holder(4711, @"CONTOSO\MIMSyncUser", Noon));
            happen(store);
        }

        await MatchesAsync(name, await checkedServer.CheckAsync(), checkedServer.Data, "store", "agent", "refused");
    }

    private static Task MatchesAsync(string name, IReadOnlyList<Finding> found, string folder, params string[] checks)
    {
        string Elsewhere(string said) => Regex.Replace(
            said.Replace(folder, Folder, StringComparison.Ordinal).Replace(CurrentAccount.Name, @"CONTOSO\svc-mim", StringComparison.Ordinal),
            @"knows \d+|(?<=^version )\d+(?=, intact)", number => number.Value.StartsWith('k') ? "knows 14" : "14");
        return CheckTextTests.MatchesAsync(
            name, [.. found.Where(finding => checks.Contains(finding.Name)).Select(finding => finding with { Saw = Elsewhere(finding.Saw) })]);
    }
}
