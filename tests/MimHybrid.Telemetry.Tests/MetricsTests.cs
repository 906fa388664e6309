using MimHybrid.Agent.Telemetry;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Telemetry.Tests;

/// <summary>What is measured, by the names that dashboards and alerts use.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Polls_are_counted_and_timed_by_outcome_and_changes_are_counted_by_kind()
    {
        await using var world = await World.StartAsync();
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAsync(); // the first one reads the whole tenant
        await world.PollAsync();
        world.People.Invite("Max Vogel", "max@fabrikam.example");
        var ida = world.People.Invite("Ida Kern", "ida@fabrikam.example");
        await world.PollAsync();
        world.People.Delete(ida.Id);
        world.Tenant.Faults.Next(Fault.Throttled(10), when: request => !request.IsFromManagementAgent && request.IsDelta);
        await world.PollAsync();
        await world.PollAsync();

        Assert.Equivalent(new Dictionary<string, double>
        {
            ["mimhybrid.poll.outcome=baseline_read"] = 1,
            ["mimhybrid.poll.outcome=unchanged"] = 1,
            ["mimhybrid.poll.outcome=changed"] = 2,
            ["error.type=throttled mimhybrid.poll.outcome=failed"] = 1,
        }, heard.Read("mimhybrid.poll.duration"));
        Assert.Equivalent(new Dictionary<string, double> { ["mimhybrid.change.kind=added"] = 3, ["mimhybrid.change.kind=removed"] = 1 }, heard.Read("mimhybrid.changes"));
        Assert.Equal(1, heard.Read("mimhybrid.graph.throttled_requests").Values.Single());
        var requests = heard.Read("http.client.request.duration");
        Assert.Contains(requests, each => each.Key.Contains("error.type=429", StringComparison.Ordinal) && each.Value == 1);
        Assert.All(["http.request.method=GET", "server.address=", "server.port="], required => Assert.All(requests.Keys, tags => Assert.Contains(required, tags, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Cycles_are_timed_by_function_sequence_and_outcome_and_steps_by_management_agent_profile_and_word()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.Mim.Script.Answer("AADMA", "Full Synchronization", "stopped-deadlocked");
        await world.ForceAsync();

        Assert.Equivalent(new Dictionary<string, double>
        {
            ["mimhybrid.cycle.outcome=succeeded mimhybrid.function.name=GuestChanges mimhybrid.sequence.name=ChangeDriven"] = 1,
            ["error.type=failed mimhybrid.cycle.outcome=failed mimhybrid.function.name=ForcedRun mimhybrid.sequence.name=Full"] = 1,
        }, heard.Read("mimhybrid.cycle.duration"));
        var steps = heard.Read("mimhybrid.step.duration");
        Assert.Equal(7, steps.Values.Sum());
        Assert.Equal(1, steps["mimhybrid.management_agent.name=ADMA mimhybrid.run_profile.name=Export mimhybrid.step.result=success"]);
        Assert.Equal(1, steps["error.type=stopped-deadlocked mimhybrid.management_agent.name=AADMA mimhybrid.run_profile.name=Full Synchronization mimhybrid.step.result=stopped-deadlocked"]);
    }

    [Fact]
    public async Task A_guest_that_does_not_arrive_is_counted_until_it_does()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Arrival.FullPair = false);
        using var gauges = Gauges(world);
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.HideChangesFromMim(reads: 4);
        await world.PollAndRunAsync();

        Assert.Equal(1, heard.Read("mimhybrid.arrival.missing_guests").Values.Single());

        await world.ForceAsync("ChangeDriven");
        Assert.Equal(0, heard.Read("mimhybrid.arrival.missing_guests").Values.Single());
        Assert.Contains(heard.Read("mimhybrid.cycle.duration").Keys, tags => tags.Contains("succeeded_with_findings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Gauges_show_what_is_pending_and_since_when_how_old_the_cursor_is_and_that_the_agent_holds()
    {
        await using var world = await World.StartSettledAsync(settings => settings.RemovalGuard.Count = 0);
        using var gauges = Gauges(world);
        using var heard = new Listening();
        Assert.Equal(0, heard.Read("mimhybrid.agent.held").Values.Single());
        Assert.Equal(0, heard.Read("mimhybrid.change.pending.age").Values.Single());

        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        world.People.Delete(lena.Id);
        world.People.Invite("Max Vogel", "max@fabrikam.example");
        await world.PollAsync();
        world.Pass(TimeSpan.FromMinutes(7));

        Assert.Equal(1, heard.Read("mimhybrid.agent.held").Values.Single());
        Assert.Equal(420, heard.Read("mimhybrid.change.pending.age").Values.Single());
        Assert.Equal(420, heard.Read("mimhybrid.cursor.age").Values.Single());
        Assert.Equal(1, heard.Read("mimhybrid.guest.count").Values.Single());
        Assert.InRange(heard.Read("mimhybrid.cycle.last_good.age").Values.Single(), 420, 600);
        Assert.Equivalent(new Dictionary<string, double>
        {
            ["mimhybrid.change.kind=added"] = 1,
            ["mimhybrid.change.kind=updated"] = 0,
            ["mimhybrid.change.kind=removed"] = 1,
            ["mimhybrid.change.kind=restored"] = 0,
        }, heard.Read("mimhybrid.change.pending.count"));
    }

    [Fact]
    public async Task Accounts_that_a_directory_refuses_are_counted_while_it_lasts_and_their_cycle_is_not_the_last_good_one()
    {
        await using var world = await World.StartSettledAsync();
        using var gauges = Gauges(world);
        using var heard = new Listening();
        world.Mim.Script.RefuseExport(_ => true, new ExportFault("permission-issue", "8344", "Insufficient access rights."));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.Pass(TimeSpan.FromMinutes(20));
        var cycle = Assert.Single(await world.PollAndRunAsync());

        Assert.Equal(1, heard.Read("mimhybrid.export.refused_accounts")["mimhybrid.management_agent.name=ADMA"]);
        Assert.InRange(heard.Read("mimhybrid.cycle.last_good.age").Values.Single(), 1200, 1300);
        var sent = CycleEvent.AttributesOf(cycle, withPersons: false);
        Assert.Equal(1L, sent.Single(attribute => attribute.Key == "mimhybrid.cycle.refused_accounts").Value);
        Assert.DoesNotContain(sent, attribute => $"{attribute.Value}".Contains("Lena", StringComparison.Ordinal));

        world.Mim.Script.Reset();
        await world.ForceAsync("ChangeDriven");
        Assert.Equal(0, heard.Read("mimhybrid.export.refused_accounts")["mimhybrid.management_agent.name=ADMA"]);
        Assert.Equal(0, heard.Read("mimhybrid.cycle.last_good.age").Values.Single());
    }

    [Fact]
    public async Task Cycles_of_one_sequence_that_fail_are_counted_beside_others_that_end_well()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        using var gauges = Gauges(world);
        using var heard = new Listening();
        world.Mim.Script.Answer("AADMA", "Delta Synchronization", "stopped-deadlocked");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        await world.ForceAsync();

        var failures = heard.Read("mimhybrid.cycle.consecutive_failures");
        Assert.Equal((1, 0), (failures["mimhybrid.sequence.name=ChangeDriven"], failures["mimhybrid.sequence.name=Full"]));
        Assert.Equal(0, heard.Read("mimhybrid.cycle.last_good.age").Values.Single());

        await world.ForceAsync("ChangeDriven");
        Assert.Equal(0, heard.Read("mimhybrid.cycle.consecutive_failures")["mimhybrid.sequence.name=ChangeDriven"]);
    }

    /// <summary>Full cycles go on ending well: they do not need Graph.</summary>
    [Fact]
    public async Task How_long_Graph_cannot_be_read_is_shown_and_what_its_cursor_comes_to()
    {
        await using var world = await World.StartSettledAsync();
        using var gauges = Gauges(world);
        using var heard = new Listening();
        Assert.Empty(heard.Read("mimhybrid.poll.failing.age"));
        world.Store.Guests.RecordPollSuccess(world.Clock.GetUtcNow());
        Assert.Equal(0, heard.Read("mimhybrid.poll.failing.age").Values.Single());

        world.Store.Guests.RecordPollFailure("Graph does not answer.", world.Clock.GetUtcNow());
        world.Pass(TimeSpan.FromMinutes(40));
        world.Store.Guests.RecordPollFailure("Graph does not answer.", world.Clock.GetUtcNow());
        await world.ForceAsync();

        Assert.InRange(heard.Read("mimhybrid.poll.failing.age").Values.Single(), 2400, 2500);
        Assert.InRange(heard.Read("mimhybrid.cursor.age").Values.Single(), 2400, 2500);
        Assert.Equal(0, heard.Read("mimhybrid.cycle.last_good.age").Values.Single());
    }

    [Fact]
    public async Task The_time_until_the_credential_ends_is_shown_and_nothing_where_it_does_not_end()
    {
        await using var world = await World.StartSettledAsync();
        using var gauges = Gauges(world);
        using var heard = new Listening();
        var now = world.Clock.GetUtcNow();
        world.Store.Guests.RecordCredential(new CredentialNote("Certificate", now.AddDays(7), now.AddDays(-23)));
        Assert.Equal(604800, heard.Read("mimhybrid.credential.time_left").Values.Single());

        world.Pass(TimeSpan.FromDays(8));
        Assert.Equal(-86400, heard.Read("mimhybrid.credential.time_left").Values.Single());

        world.Store.Guests.RecordCredential(new CredentialNote("ManagedIdentity", null, null));
        Assert.Empty(heard.Read("mimhybrid.credential.time_left"));
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_leaves_the_gauges_empty_and_harms_nothing()
    {
        await using var world = await World.StartSettledAsync();
        using var gauges = Gauges(world);
        using var heard = new Listening();
        world.Store.Dispose();
        await File.WriteAllTextAsync(world.Store.Path, "no database", TestContext.Current.CancellationToken);
        File.Delete(world.Store.Path + "-wal");

        Assert.Empty(heard.Read("mimhybrid.cursor.age"));
        Assert.Empty(heard.Read("mimhybrid.agent.held"));
    }

    [Fact]
    public async Task Units_and_names_are_those_of_the_conventions()
    {
        await using var world = await World.StartSettledAsync();
        using var gauges = Gauges(world);
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        var metrics = heard.ReadAll();
        Assert.True(metrics.Count > 8, string.Join(", ", metrics.Select(metric => metric.Name)));
        Assert.All(metrics, metric =>
        {
            Assert.Matches(@"^(mimhybrid(\.[a-z]+(_[a-z]+)*)+|http\.client\.request\.duration)$", metric.Name);
            Assert.DoesNotMatch("total|seconds", metric.Name);
            Assert.Equal(metric.Name.EndsWith(".duration", StringComparison.Ordinal) || metric.Name.EndsWith(".age", StringComparison.Ordinal) || metric.Name.EndsWith(".time_left", StringComparison.Ordinal), metric.Unit == "s");
            Assert.Matches(@"^(s|1|\{[a-z_]+\})$", metric.Unit);
            Assert.NotEmpty(metric.Description);
        });
    }

    private static AgentGauges Gauges(World world) => new(world.Store.Reader, world.Planner, world.Clock.GetUtcNow().AddDays(-1), world.Clock);
}
