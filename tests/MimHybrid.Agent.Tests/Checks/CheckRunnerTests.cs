using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Hosting;
using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>Each thing that can be wrong is found, said in one line with the next step, and nothing else is blamed for it.</summary>
public sealed class CheckRunnerTests
{
    private static Fault Refusal(int code) => new Fault.Answer(400, $$"""{"error":"invalid_request","error_description":"AADSTS{{code}}: planted text.","error_codes":[{{code}}]}""");

    public static TheoryData<Fault, string, string> RefusedSignIns => new()
    {
        { Refusal(7000222), "AADSTS7000222", "Make a new one" },
        { Refusal(7000215), "AADSTS7000215", "Graph:ClientSecret" },
        { Refusal(700027), "AADSTS700027", "Graph:CertificateThumbprint" },
        { Refusal(700016), "AADSTS700016", "Graph:ClientId" },
        { Refusal(90002), "AADSTS90002", "Graph:TenantId" },
        { Refusal(500011), "AADSTS500011", "Graph:Cloud" },
        { Refusal(53003), "AADSTS53003", "Exempt" },
        { Refusal(700024), "AADSTS700024", "clock" },
        { Refusal(1234567), "AADSTS1234567", "Look the code up" },
        { Refusal(90033), "AADSTS90033", "wait some minutes" },
        { new Fault.Answer(429, "{}"), "fewer requests", "wait some minutes" },
        { Fault.Html(200), "no token", "proxy" },
    };

    [Fact]
    public async Task All_is_well_with_a_healthy_patient()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        var findings = await checkedServer.CheckAsync();

        Assert.All(findings, finding => Assert.True(finding.State is FindingState.Ok or FindingState.Skipped, finding.ToString()));
        Assert.Equal(CheckRunner.Checks.Select(check => check.Name), findings.Select(finding => finding.Name).Distinct());
        Assert.Equal("no export yet", Only(findings, "refused").Saw);
        Assert.Contains("client secret", Only(findings, "sign-in").Saw, StringComparison.Ordinal);
        Assert.Equal(["AADMA is there (Graph (Microsoft))", "ADMA is there (Active Directory)"], Named(findings, "management-agents").Select(finding => finding.Saw));
        Assert.All(findings.Where(finding => finding.State != FindingState.Ok), finding => Assert.False(string.IsNullOrEmpty(finding.Todo), finding.ToString()));
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains(checkedServer.Tenant.ClientSecret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_seen_of_the_server_is_told_by_who_needs_it_and_the_others_are_made()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.ServerFault = new NotSupportedException("planted");
        var findings = await checkedServer.CheckAsync();

        Assert.Equal(["role", "task", "old-task", "event-log"], findings.Where(finding => finding.State == FindingState.Failed).Select(finding => finding.Name));
        Assert.Equal("NotSupportedException: planted", Only(findings, "event-log").Saw);
        Assert.Equal(FindingState.Ok, Only(findings, "graph").State);
    }

    [Theory]
    [MemberData(nameof(RefusedSignIns), DisableDiscoveryEnumeration = true)]
    public async Task A_refused_sign_in_is_told_with_its_remedy_and_graph_is_not_asked(Fault fault, string saw, string todo)
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Tenant.Faults.Next(fault, count: 10, when: request => request.IsTokenRequest);
        var findings = await checkedServer.CheckAsync();

        var finding = Fails(findings, "sign-in", saw, todo);
        Assert.DoesNotContain("planted", finding.ToString(), StringComparison.Ordinal);
        Assert.Equal(FindingState.Skipped, Only(findings, "graph").State);
        Assert.DoesNotContain(checkedServer.Tenant.Requests.All, request => request is { IsDelta: true, IsFromManagementAgent: false });
    }

    [Fact]
    public async Task An_agent_that_runs_and_cannot_read_is_a_warning_although_what_is_asked_now_is_answered()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using var held = DataFolder.TryLock(checkedServer.Data);
        using (var store = AgentStore.Open(checkedServer.Data))
        {
            var now = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
            store.RecordHolder(new Holder(4711, @"CONTOSO\MIMSyncUser", now));
            store.Guests.RecordPollFailure("Sign-in failed with AADSTS7000215: the client secret is wrong.", now);
        }

        var findings = await checkedServer.CheckAsync();
        var finding = Only(findings, "agent");
        Assert.Equal(FindingState.Warning, finding.State);
        Assert.Equal(@"runs (process 4711 of CONTOSO\MIMSyncUser), and could read no guest changes since 2026-11-22 08:00 UTC: Sign-in failed with AADSTS7000215: the client secret is wrong", finding.Saw);
        Assert.Contains("started again", finding.Todo, StringComparison.Ordinal);
        Assert.Equal(FindingState.Ok, Only(findings, "graph").State);
    }

    [Fact]
    public async Task An_agent_whose_loops_give_no_sign_of_life_is_not_called_well()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        using var held = DataFolder.TryLock(checkedServer.Data);
        using (var store = AgentStore.Open(checkedServer.Data))
        {
            var ago = TimeProvider.System.GetUtcNow().AddMinutes(-14);
            store.RecordHolder(new Holder(4711, @"CONTOSO\MIMSyncUser", ago));
            store.Guests.RecordPollSuccess(ago, next: ago.AddMinutes(1));
        }

        Fails(await checkedServer.CheckAsync(), "agent", "the agent runs, but has not looked at the tenant for 14 minutes", "process 4711");
    }

    [Fact]
    public async Task A_store_that_is_gone_from_its_folder_is_not_called_one_yet_to_come()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        AgentStore.Open(checkedServer.Data).Dispose();
        File.Delete(Path.Combine(checkedServer.Data, "agent.db"));
        Fails(await checkedServer.CheckAsync(), "store", "had a store, and it is gone", "backup");
    }

    [Fact]
    public async Task Missing_consent_is_told()
    {
        await using var checkedServer = await CheckedServer.StartAsync("ADMA", "Active Directory", new TenantApp("5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01", "s") { Roles = [] });
        (checkedServer.Settings.Graph.ClientId, checkedServer.Settings.Graph.ClientSecret) = ("5ed8cf2d-2c34-4f69-a5f9-5b5a3a6f5a01", "s");
        var finding = Fails(await checkedServer.CheckAsync(), "graph", "403", "User.Read.All");
        Assert.Contains("(Graph's request-id: ", finding.Saw, StringComparison.Ordinal);
        Assert.DoesNotContain("request-id", finding.Todo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_graph_that_is_away_is_told_and_a_sign_in_that_works_is_not_blamed()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Tenant.Faults.Next(new Fault.Reset(), count: 10, when: request => request.IsDelta);
        var findings = await checkedServer.CheckAsync();

        Assert.Equal(FindingState.Ok, Only(findings, "sign-in").State);
        Fails(findings, "graph", "broke", "firewall");
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_told()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        (checkedServer.Settings.Graph.BaseUrl, checkedServer.Settings.Graph.AuthorityHost) = ("https://localhost:1/v1.0", "https://localhost:1/");
        var findings = await checkedServer.CheckAsync();

        Fails(findings, "sign-in", "No connection to localhost", "firewall");
        Assert.Equal(FindingState.Skipped, Only(findings, "clock").State);
    }

    [Theory]
    [InlineData(CimFailure.InvalidNamespace, "SyncServer:ComputerName")]
    [InlineData(CimFailure.AccessDenied, "FIMSyncOperators")]
    [InlineData(CimFailure.Unreachable, "FIMSynchronizationService")]
    [InlineData(CimFailure.NoNativeLibrary, "Windows")]
    public async Task A_sync_server_that_cannot_be_asked_is_told_and_its_agents_are_not_blamed(CimFailure failure, string todo)
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Mim.Script.RefuseCalls(failure);
        var findings = await checkedServer.CheckAsync();

        Fails(findings, "sync-server", "MicrosoftIdentityIntegrationServer", todo);
        Assert.All(["management-agents", "run-profiles", "role"], name => Assert.Equal(FindingState.Skipped, Only(findings, name).State));
        Assert.Equal(FindingState.Ok, Only(findings, "graph").State);
    }

    [Fact]
    public async Task A_missing_management_agent_is_told_with_those_that_are_there()
    {
        await using var checkedServer = await CheckedServer.StartAsync(target: "AD Guests");
        var finding = Fails(await checkedServer.CheckAsync(), "management-agents", "ADMA is not there", "mimhybrid config discover");
        Assert.Contains("AD Guests", finding.Saw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_management_agent_of_another_type_is_a_warning()
    {
        await using var checkedServer = await CheckedServer.StartAsync(type: "SQL Server");
        var findings = await checkedServer.CheckAsync();
        Assert.Contains("SQL Server", Assert.Single(findings, finding => finding.State == FindingState.Warning).Saw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_that_are_denied_are_told()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Mim.Script.AnswerMethodsWith("access-denied");
        Fails(await checkedServer.CheckAsync(), "role", "access-denied", "FIMSyncOperators");
    }

    [Fact]
    public async Task Run_profiles_are_verified_by_the_history_alone()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        foreach (var profile in new[] { "Full Import (Stage Only)", "Full Synchronization", "Delta Import (Stage Only)", "Delta Synchronization" })
            await checkedServer.Mim.InvokeAsync(new CimTarget("MIIS_ManagementAgent", "Name", "AADMA"), "Execute", [new CimArgument("RunProfileName", profile)], TestContext.Current.CancellationToken);

        var findings = Named(await checkedServer.CheckAsync(), "run-profiles");
        Assert.Equal([FindingState.Ok, FindingState.Skipped], findings.Select(finding => finding.State));
        Assert.Contains("'Export'", findings[1].Saw, StringComparison.Ordinal);
        Assert.Contains("cannot be verified before the first run", findings[1].Saw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_profile_that_MIM_does_not_know_is_told_once()
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        Ran(checkedServer, new StepRecord
        {
            Position = 1,
            ManagementAgent = "AADMA",
            RunProfile = "Full Synchronization",
            Result = "no-start-unknown-profile-name",
        });

        var findings = Named(await checkedServer.CheckAsync(), "run-profiles");

        var failed = Assert.Single(findings, finding => finding.State == FindingState.Failed);
        Assert.StartsWith("AADMA has no run profile 'Full Synchronization'", failed.Saw, StringComparison.Ordinal);
        Assert.DoesNotContain(
            findings,
            finding => finding.State == FindingState.Skipped
                && finding.Saw.Contains("'Full Synchronization'", StringComparison.Ordinal)
                && finding.Saw.Contains("AADMA", StringComparison.Ordinal));
    }

    /// <summary>With a wrong account the agent knows none of its runs: the sandbox starts them as SANDBOX\MIMSyncUser.</summary>
    [Theory]
    [InlineData(@"SANDBOX\MIMSyncUser", 0)]
    [InlineData(@"SANDBOX\SomebodyElse", 1)]
    public async Task An_account_that_started_none_of_the_runs_is_told(string account, int warnings)
    {
        await using var checkedServer = await CheckedServer.StartAsync();
        checkedServer.Settings.SyncServer.Account = account;
        Ran(checkedServer, new StepRecord { Position = 1, ManagementAgent = "ADMA", RunProfile = "Export", Result = "success" });
        await checkedServer.Mim.InvokeAsync(
            new CimTarget("MIIS_ManagementAgent", "Name", "ADMA"), "Execute", [new CimArgument("RunProfileName", "Export")],
            TestContext.Current.CancellationToken);

        var findings = Named(await checkedServer.CheckAsync(), "run-profiles").Where(finding => finding.State == FindingState.Warning).ToList();

        Assert.Equal(warnings, findings.Count);
        Assert.All(findings, finding => Assert.EndsWith(@"but by SANDBOX\MIMSyncUser", finding.Saw, StringComparison.Ordinal));
    }

    internal static Finding Fails(IReadOnlyList<Finding> findings, string name, string saw, string todo)
    {
        var finding = Assert.Single(findings, finding => finding.State == FindingState.Failed);
        Assert.Equal(name, finding.Name);
        Assert.Contains(saw, finding.Saw, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(todo, finding.Todo!, StringComparison.OrdinalIgnoreCase);
        return finding;
    }

    internal static Finding Only(IReadOnlyList<Finding> findings, string name) => Assert.Single(Named(findings, name));

    internal static List<Finding> Named(IReadOnlyList<Finding> findings, string name) => [.. findings.Where(finding => finding.Name == name)];

    /// <summary>The agent ran one step, of which its run log says this.</summary>
    private static void Ran(CheckedServer checkedServer, StepRecord record)
    {
        using var store = AgentStore.Open(checkedServer.Data);
        var forced = new CycleStart("ForcedRun", TriggerKind.Command, "Full", "forced by ada", null);
        var cycle = store.Cycles.BeginCycle(forced, DateTimeOffset.UnixEpoch);
        var step = new PlannedStep(1, record.ManagementAgent, record.RunProfile, StepKind.Import);
        store.Cycles.BeginStep(cycle, step, firstImport: false, DateTimeOffset.UnixEpoch);
        store.Cycles.EndStep(cycle, new StepEnd(step, record));
    }
}
