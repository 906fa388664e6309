using MimHybrid.Agent.Discovery;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Client;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Flow.Tests;

/// <summary>A server whose names are not the shipped ones: what is proposed for it runs a cycle.</summary>
public sealed class DiscoveryTests
{
    private static readonly ManagementAgentOptions Trial = new("AD Trial", "Active Directory", new Guid("0A1B2C3D-0000-4000-8000-00000000AD02"));
    private static readonly ManagementAgentOptions Portal = new("MIMMA", "FIM Service", new Guid("0A1B2C3D-0000-4000-8000-00000000F100"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, RunProfileNames> Namings => new()
    {
        { "AADMA", "ADMA", new RunProfileNames() },
        { "Guests", "Corp AD", new RunProfileNames { FullImport = "FI", DeltaImport = "DI", FullSynchronization = "FS", DeltaSynchronization = "DS", Export = "E" } },
        {
            "Gäste", "Verzeichnis",
            new RunProfileNames
            {
                FullImport = "Vollständig einlesen",
                DeltaImport = "Änderungen einlesen",
                FullSynchronization = "Vollabgleich",
                DeltaSynchronization = "Abgleich",
                Export = "Schreiben",
            }
        },
    };

    [Theory]
    [MemberData(nameof(Namings))]
    public async Task What_is_proposed_where_all_have_run_has_no_doubts_and_runs_a_cycle(string guests, string accounts, RunProfileNames names)
    {
        await using var before = await StartAsync(guests, accounts, names, _ => { });
        await RunAllProfilesAsync(before, guests, accounts, names);

        var proposal = new Proposer(await FindAsync(before)).Propose(null, null)!;

        Assert.Empty(proposal.Doubts);
        Assert.Equal(guests == "AADMA", proposal.IsShipped);
        await using var world = await StartAsync(guests, accounts, names, settings =>
        {
            settings.GuestSource = proposal.Guests.ManagementAgent;
            foreach (var sequence in proposal.Sequences) settings.Sequences[sequence.Name] = [.. sequence.Steps.Select(ToSettings)];
        });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync();
        Assert.True(Assert.Single(await world.RunAllAsync()).EndedWell);
        Assert.Equal(["Lena Brandt"], world.Accounts);
        world.People.Invite("Adam Miller", "adam@fabrikam.example");
        Assert.Equal("ChangeDriven", Assert.Single(await world.PollAndRunAsync()).Sequence);
        Assert.Equal(["Adam Miller", "Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task Of_several_directories_the_one_that_exports_is_taken_and_a_person_may_name_another()
    {
        var names = new RunProfileNames();
        await using var world = await StartAsync("AADMA", "ADMA", names, _ => { }, Trial, Portal);
        await RunAllProfilesAsync(world, "AADMA", "ADMA", names);
        var found = await FindAsync(world);

        var proposal = new Proposer(found).Propose(null, null)!;
        Assert.Equal("ADMA", proposal.Accounts.ManagementAgent);
        Assert.Contains("AD Trial", Assert.Single(proposal.Doubts), StringComparison.Ordinal);
        Assert.Equal("AD Trial", new Proposer(found).Propose(null, "ad trial")!.Accounts.ManagementAgent);
    }

    [Fact]
    public async Task Where_nothing_tells_which_directory_is_meant_nothing_is_proposed()
    {
        await using var world = await StartAsync("AADMA", "ADMA", new RunProfileNames(), _ => { }, Trial, Portal);
        var proposer = new Proposer(await FindAsync(world));
        Assert.Null(proposer.Propose(null, null));
        Assert.Equal(
            "2 management agents have the type Active Directory: AD Trial (Active Directory), ADMA (Active Directory). "
                + "Name the one that keeps the accounts: --accounts NAME.", proposer.Trouble);
        Assert.Null(proposer.Propose("nobody", null));
        Assert.Contains("--guests is 'nobody'; allowed is AADMA (Graph (Microsoft)), ", proposer.Trouble, StringComparison.Ordinal);
    }

    /// <summary>As after years of the old loop.</summary>
    [Fact]
    public async Task A_profile_that_has_not_run_keeps_its_shipped_name_and_is_a_doubt()
    {
        var names = new RunProfileNames { FullImport = "FI", FullSynchronization = "FS" };
        await using var world = await StartAsync("Guests", "ADMA", names, _ => { });
        var server = ServerOf(world);
        foreach (var agent in new[] { "Guests", "ADMA" })
            foreach (var profile in new[] { names.FullImport, names.FullSynchronization }) await RunAsync(server, agent, profile);
        await RunAsync(server, "ADMA", names.Export);

        var proposal = new Proposer(await FindAsync(world)).Propose(null, null)!;
        Assert.Equal(("FI", "Delta Import (Stage Only)", "FS"), (proposal.Guests.FullImport, proposal.Guests.DeltaImport, proposal.Guests.FullSynchronization));
        Assert.Equal(2, proposal.Doubts.Count);
        Assert.StartsWith(
            "Of Guests these have not run lately, so their names are assumed: 'Delta Import (Stage Only)', 'Delta Synchronization'. Compare",
            proposal.Doubts[0], StringComparison.Ordinal);
    }

    private static async Task RunAllProfilesAsync(World world, string guests, string accounts, RunProfileNames names)
    {
        var server = ServerOf(world);
        foreach (var agent in new[] { guests, accounts })
        {
            string[] profiles = [names.FullImport, names.DeltaImport, names.FullSynchronization, names.DeltaSynchronization];
            foreach (var profile in profiles) await RunAsync(server, agent, profile);
        }

        await RunAsync(server, accounts, names.Export);
    }

    private static async Task RunAsync(SyncServer server, string managementAgent, string profile) => Assert.NotNull(
        (await server.RunAsync(new RunRequest(managementAgent, profile, Synchronizes: false), (_, _) => { }, Token)).RunNumber);

    private static Task<IReadOnlyList<FoundAgent>> FindAsync(World world) =>
        FoundAgent.FindAllAsync(ServerOf(world), world.Clock.GetUtcNow().AddDays(-30), Token);

    private static SyncServer ServerOf(World world) => new(world.Mim, world.ServerSettings, world.Waits);

    private static StepSettings ToSettings(Step step) => new()
    {
        ManagementAgent = step.ManagementAgent,
        RunProfile = step.RunProfile,
        Kind = step.Kind,
        When = step.When,
        FullImport = step.FullImport,
    };

    private static Task<World> StartAsync(
        string guests, string accounts, RunProfileNames names, Action<AgentSettings> settings, params ManagementAgentOptions[] others) =>
        World.StartAsync(new WorldSetup
        {
            WaitsPass = true,
            Settings = settings,
            Naming = options => options with
            {
                Source = options.Source with { Name = guests },
                Target = options.Target with { Name = accounts },
                Profiles = names,
                Others = others,
            },
        });
}
