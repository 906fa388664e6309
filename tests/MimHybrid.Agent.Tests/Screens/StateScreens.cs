using System.Text.RegularExpressions;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Screens;

/// <summary>What an administrator reads in each state of the agent, approved word for word: one file a state.</summary>
public sealed class StateScreens
{
    private const string Folder = @"C:\ProgramData\MimHybrid";

    [Fact]
    public async Task All_is_well()
    {
        await using var world = await World.StartSettledAsync();
        await InviteAsync(world, "Lena Brandt");
        await Approved.MatchesAsync(new AgentScreens(world).Tell("lena"), "state-all-well");
    }

    [Fact]
    public async Task A_refused_guest()
    {
        await using var world = await World.StartSettledAsync();
        world.Refuse("Lena");
        await InviteAsync(world, "Lena Brandt", "Max Vogel");
        await Approved.MatchesAsync(new AgentScreens(world).Tell("lena"), "state-refused");
    }

    [Fact]
    public async Task A_hold()
    {
        await using var world = await World.StartSettledAsync();
        await world.InviteAsync(12);
        world.DeleteGuests(6);
        await PollAsync(world);
        world.Decide();
        await Approved.MatchesAsync(new AgentScreens(world).Tell("guest01"), "state-hold");
    }

    /// <summary>No cycle has it in the list yet.</summary>
    [Fact]
    public async Task A_hold_before_any_cycle()
    {
        await using var world = await World.StartAsync(settings => settings.RemovalGuard.Count = 0);
        world.People.Invite("Lena Brandt", "lena.brandt@fabrikam.example");
        await PollAsync(world);
        world.DeleteGuests(1);
        await PollAsync(world);
        world.Decide();
        await Approved.MatchesAsync(new AgentScreens(world).Tell("lena"), "state-hold-before-any-cycle");
    }

    [Fact]
    public async Task A_dead_connection()
    {
        await using var world = await World.StartSettledAsync();
        await InviteAsync(world, "Lena Brandt");
        world.Pass(TimeSpan.FromHours(2));
        for (var poll = 0; poll < 3; poll++)
            world.Store.Guests.RecordPollFailure(
                "The sign-in to Microsoft Entra failed: AADSTS7000215, the client secret is not the application's. Make a new one and set Graph:ClientSecret.",
                world.Clock.GetUtcNow());
        await Approved.MatchesAsync(new AgentScreens(world).Tell("lena"), "state-dead-connection");
    }

    [Fact]
    public async Task No_agent()
    {
        await using var world = await World.StartSettledAsync();
        await InviteAsync(world, "Lena Brandt");
        world.Pass(TimeSpan.FromHours(2));
        await Approved.MatchesAsync(new AgentScreens(world) { Holder = null }.Tell("lena"), "state-no-agent");
    }

    [Fact]
    public async Task The_first_reading()
    {
        await using var world = await World.StartAsync();
        world.Decide();
        var reading = new Baseline("a link", "a fingerprint", world.Clock.GetUtcNow().AddMinutes(-2), Pages: 210, Users: 42000, Guests: 17);
        await Approved.MatchesAsync(new AgentScreens(world) { Reading = reading }.Tell("lena"), "state-first-reading");
    }

    [Fact]
    public Task No_right_to_the_data_folder() => MatchErrorAsync(StoreException.MayNotRead(Folder, new UnauthorizedAccessException()).Message, "state-no-right");

    [Fact]
    public async Task A_store_of_another_version()
    {
        var folder = Directory.CreateTempSubdirectory("mimhybrid-version-").FullName;
        AgentStore.Open(folder).Dispose();
        using (var file = File.OpenWrite(Path.Combine(folder, "agent.db")))
        {
            file.Position = 60; // PRAGMA user_version, https://sqlite.org/fileformat.html, 1.3
            file.Write([0, 0, 3, 231]);
        }

        var said = Assert.Throws<StoreException>(() => AgentReader.TryOpen(folder)).Message.Replace(folder + "/", Folder + "\\", StringComparison.Ordinal);
        var error = Regex.Replace(said, @"knows \d+", "knows 14"); // this page needs no approval for each new version
        await MatchErrorAsync(error, "state-other-version");
    }

    /// <summary>Each command that reads the store says the same.</summary>
    private static Task MatchErrorAsync(string error, string name) => Approved.MatchesAsync(
        AgentScreens.Everywhere(_ =>
        [
            ("status --exit-code", MatterText.Of(AgentVerdict.CannotTell($"It cannot be told: {error}"))),
            .. new[] { "status", "log", "log 2", "guest lena", "approve removals" }.Select(command => (command, Say.ErrorSheet(error))),
        ]),
        name);

    private static async Task PollAsync(World world)
    {
        await world.PollAsync();
        world.Store.Guests.RecordPollSuccess(world.Clock.GetUtcNow());
    }

    private static async Task InviteAsync(World world, params string[] names)
    {
        foreach (var name in names) world.People.Invite(name, $"{name.Replace(' ', '.').ToLowerInvariant()}@fabrikam.example");
        await PollAsync(world);
        await world.PollAndRunAsync();
    }
}
