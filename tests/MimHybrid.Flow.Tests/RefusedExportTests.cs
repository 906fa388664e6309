using Microsoft.Extensions.Logging;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// A guest whose account the directory refuses is told of, once loudly and then for as long as it lasts
/// (MimHybrid.Mim/README.md#refused-exports).
/// </summary>
public sealed class RefusedExportTests
{
    private const int Refused = 1031;
    private const int StillRefused = 1032;
    private const int NoneRefused = 1033;

    [Fact]
    public async Task It_is_a_warning_with_the_name_the_directorys_text_and_what_to_do_and_no_arrival_as_if_all_were_well()
    {
        using var log = new LogKeeper();
        await using var world = await StartAsync(log);
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.People.Invite("Max Vogel", "max@fabrikam.example");

        var cycle = Assert.Single(await world.PollAndRunAsync());

        var line = Assert.Single(log.Lines, line => line.Id == Refused);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.Contains(
            "ADMA refused 1 account: Lena Brandt (permission-issue: 8344 Insufficient access rights", line.Text, StringComparison.Ordinal);
        Assert.Contains("give the account with which the management agent signs in", line.Text, StringComparison.Ordinal);
        Assert.Equal((CycleOutcome.SucceededWithFindings, 1L), (cycle.Outcome, cycle.Refused));
        Assert.Equal("Graph said 2 added; MIM showed 2 added; the directory refused 1 account", cycle.Arrival!.ToString());
        var finding = Assert.Single(
            cycle.Decisions, decision => decision.Text.StartsWith("Finding: The directory of ADMA", StringComparison.Ordinal));
        Assert.DoesNotContain("Lena", finding.Unnamed, StringComparison.Ordinal);
        Assert.DoesNotContain("8344", finding.Unnamed, StringComparison.Ordinal);
        Assert.Contains("refused 1 account (permission-issue)", finding.Unnamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lasts_over_a_restart_without_a_second_alarm_until_an_export_reports_it_no_longer()
    {
        using var log = new LogKeeper();
        await using var world = await StartAsync(log);
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        var since = Assert.Single(Standing(world)).Since;

        world.Pass(TimeSpan.FromMinutes(20));
        world.Restart();
        var again = await world.ForceAsync("ChangeDriven");

        Assert.Equal((1, 1), (log.Count(Refused), log.Count(StillRefused)));
        Assert.Equal(CycleOutcome.SucceededWithFindings, again.Outcome);
        var account = Assert.Single(Standing(world));
        Assert.Equal(("Lena Brandt", "permission-issue", since), (account.Name, account.Type, account.Since));

        world.Mim.Script.Reset();
        var mended = await world.ForceAsync("ChangeDriven");

        Assert.Equal((CycleOutcome.Succeeded, 0L), (mended.Outcome, mended.Refused));
        Assert.Empty(Standing(world));
        Assert.Equal(1, log.Count(NoneRefused));
        Assert.Equal(["Lena Brandt"], world.Accounts);
    }

    [Fact]
    public async Task One_more_guest_who_is_refused_is_news_beside_one_who_was_before()
    {
        using var log = new LogKeeper();
        await using var world = await StartAsync(log);
        world.Refuse("");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.People.Invite("Max Vogel", "max@fabrikam.example");
        await world.PollAndRunAsync();

        Assert.Equal((2, 0), (log.Count(Refused), log.Count(StillRefused)));
        Assert.Equal(["Lena Brandt", "Max Vogel"], Standing(world).Select(account => account.Name).Order(StringComparer.Ordinal));
    }

    /// <summary>Nothing waits for export then, so that no export runs that could say it.</summary>
    [Fact]
    public async Task It_is_over_when_the_guest_is_gone_and_nothing_waits_for_export()
    {
        using var log = new LogKeeper();
        await using var world = await StartAsync(log);
        world.Refuse("Lena");
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        world.People.Delete(lena.Id);
        world.Store.Requests.ApproveRemovals("ada", world.Clock.GetUtcNow());
        var cycle = (await world.PollAndRunAsync())[^1];

        Assert.Equal("nothing to export", cycle.Steps.Single(step => step.RunProfile == "Export").SkippedBecause);
        Assert.Empty(Standing(world));
        Assert.Equal(1, log.Count(NoneRefused));
    }

    [Fact]
    public async Task An_export_that_was_cut_off_says_nothing_of_what_it_did_not_reach()
    {
        await using var world = await StartAsync(new LogKeeper(), settings => settings.Retries.Count = 0);
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.Mim.Script.Answer("ADMA", "Export", "stopped-connectivity");

        Assert.Equal(CycleOutcome.Failed, (await world.ForceAsync("ChangeDriven")).Outcome);
        Assert.Equal("Lena Brandt", Assert.Single(Standing(world)).Name);
    }

    /// <summary>The list is cut at ErrorsKept, the count is not.</summary>
    [Fact]
    public async Task Of_very_many_all_are_counted_and_the_first_are_named()
    {
        using var log = new LogKeeper();
        await using var world = await StartAsync(log);
        world.Mim.Script.Plan("ADMA", "Export", new RunPlan { FailingObjects = 300 });
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        var refused = Assert.Single(world.Store.Reader.ReadRefused());
        Assert.Equal((300L, 50), (refused.Count, refused.Accounts.Count));
        var told = Assert.Single(log.Lines, line => line.Id == Refused).Text;
        Assert.Contains("refused 300 accounts: Refused 1 (", told, StringComparison.Ordinal);
        Assert.Contains("and 295 more", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_outlived_the_agent_is_told_of_by_the_next()
    {
        using var log = new LogKeeper();
        DyingDoor? door = null;
        await using var world = await StartAsync(log, door: server => door ??= new DyingDoor(server));
        world.Refuse("Lena");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        door!.DiesOn = "Export";
        await Assert.ThrowsAsync<PowerCutException>(world.PollAndRunAsync);
        Assert.Empty(Standing(world));
        world.Restart();

        Assert.Equal(CycleOutcome.SucceededWithFindings, Assert.Single(await world.RunAllAsync()).Outcome);

        Assert.Equal((1, 1), (log.Count(Refused), log.Count(StillRefused))); // its own export met it again
        Assert.Equal("Lena Brandt", Assert.Single(Standing(world)).Name);
        Assert.Equal(1, world.RunLog[^2].Refused);
    }

    private static async Task<World> StartAsync(
        LogKeeper log, Action<AgentSettings>? settings = null, Func<ICimConnection, ICimConnection>? door = null)
    {
        var setup = new WorldSetup { WaitsPass = true, Logs = log, Settings = settings, Door = door ?? (server => server) };
        var world = await World.StartAsync(setup);
        await world.PollAsync();
        await world.RunAllAsync();
        return world;
    }

    private static IReadOnlyList<RefusedAccount> Standing(World world) =>
        [.. world.Store.Reader.ReadRefused().Where(refused => refused.Count > 0).SelectMany(refused => refused.Accounts)];
}
