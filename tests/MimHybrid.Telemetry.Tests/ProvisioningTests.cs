using MimHybrid.Sandbox.SyncServer;

namespace MimHybrid.Telemetry.Tests;

/// <summary>What the program promises: how long it takes from Graph's word of a guest to the account that is written.</summary>
public sealed class ProvisioningTests
{
    private const string Metric = "mimhybrid.guest.provisioning.duration";

    [Fact]
    public async Task A_guest_who_came_is_measured_from_the_round_that_told_of_it_to_the_end_of_the_export()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        world.People.Invite("Max Vogel", "max@fabrikam.example");
        await world.PollAsync();
        world.Pass(TimeSpan.FromMinutes(7));
        var cycle = Assert.Single(await world.RunAllAsync());

        Assert.Equal(2, heard.Read(Metric)["mimhybrid.change.kind=added"]);
        var waited = cycle.Steps.Single(step => step.RunProfile == "Export").EndedAt!.Value - cycle.Changes[0].DetectedAt;
        Assert.InRange(waited, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
        Assert.Equal(2 * waited.TotalSeconds, heard.ReadSum(Metric), precision: 3);
    }

    [Fact]
    public async Task A_guest_who_comes_back_is_measured_and_one_who_changes_or_goes_is_not()
    {
        await using var world = await World.StartSettledAsync();
        var lena = world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        using var heard = new Listening();
        world.People.Delete(lena.Id);
        world.Pass(TimeSpan.FromHours(1));
        await world.PollAndRunAsync();
        Assert.Empty(heard.Read(Metric));

        world.People.Restore(lena.Id);
        await world.PollAndRunAsync();
        Assert.Equal(1, heard.Read(Metric)["mimhybrid.change.kind=restored"]);
    }

    [Fact]
    public async Task A_guest_without_an_account_is_measured_once_it_has_one()
    {
        await using var world = await World.StartSettledAsync(settings => settings.Retries.Count = 0);
        using var heard = new Listening();
        world.Mim.Script.Answer("ADMA", "Export", "stopped-server-down");
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();
        Assert.Empty(heard.Read(Metric));

        world.Pass(TimeSpan.FromHours(1));
        await world.PollAndRunAsync();
        Assert.Equal(1, heard.Read(Metric)["mimhybrid.change.kind=added"]);
        Assert.InRange(heard.ReadSum(Metric), 3600, 3700);
    }

    [Fact]
    public async Task One_whom_the_directory_refuses_is_not_measured()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.Mim.Script.RefuseExport(_ => true, new ExportFault("permission-issue", "8344", "Insufficient access rights."));
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        Assert.Empty(heard.Read(Metric));
    }

    [Fact]
    public async Task Its_buckets_tell_minutes_from_hours()
    {
        await using var world = await World.StartSettledAsync();
        using var heard = new Listening();
        world.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await world.PollAndRunAsync();

        Assert.Equal([30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400, double.PositiveInfinity], heard.ReadBounds(Metric));
    }
}
