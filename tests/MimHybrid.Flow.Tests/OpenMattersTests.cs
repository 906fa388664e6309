using MimHybrid.Cycles.Matters;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests;

/// <summary>What is open opens with what happens, and closes by itself once it is over: nobody has to acknowledge anything.</summary>
public sealed class OpenMattersTests
{
    [Fact]
    public async Task A_finding_is_open_until_the_same_run_profile_ends_without_one()
    {
        await using var world = await World.StartSettledAsync();
        Assert.Empty(OpenIn(world));

        world.Mim.Script.Answer("AADMA", "Delta Synchronization", "completed-sync-errors");
        await InviteAsync(world, "Lena Brandt");
        var matter = Assert.Single(OpenIn(world));
        Assert.Equal(("finding/AADMA/Delta Synchronization", Severity.Warning), (matter.Id, matter.Severity));
        Assert.Contains("AADMA Delta Synchronization", matter.Title, StringComparison.Ordinal);

        await InviteAsync(world, "Ida Kern");
        Assert.Empty(OpenIn(world));
    }

    [Fact]
    public async Task A_refused_account_is_open_with_the_guests_address_until_an_export_takes_it()
    {
        await using var world = await World.StartSettledAsync();
        world.Refuse("Lena");
        await InviteAsync(world, "Lena Brandt");
        var matter = Assert.Single(OpenIn(world));
        Assert.Equal(("refused/ADMA", Severity.Error), (matter.Id, matter.Severity));
        Assert.StartsWith("Lena Brandt <lena.brandt@fabrikam.example>: permission-issue", Assert.Single(matter.Details), StringComparison.Ordinal);

        world.Mim.Script.Reset();
        await InviteAsync(world, "Ida Kern");
        Assert.Empty(OpenIn(world));
    }

    [Fact]
    public async Task A_sequence_that_fails_is_open_until_it_ends_well()
    {
        await using var world = await World.StartSettledAsync();
        world.Mim.Script.Answer("AADMA", "Delta Import (Stage Only)", "no-start-credentials");
        await InviteAsync(world, "Lena Brandt");
        var matter = Assert.Single(OpenIn(world));
        Assert.Equal(("cycles/ChangeDriven", Severity.Error), (matter.Id, matter.Severity));
        Assert.Contains("Waiting: Lena Brandt <lena.brandt@fabrikam.example>, added", matter.Details);
        Assert.Contains(" Correct it in the management agent's properties", matter.Do, StringComparison.Ordinal);
    }

    private static async Task InviteAsync(World world, string name)
    {
        world.People.Invite(name, $"{name.Replace(' ', '.').ToLowerInvariant()}@fabrikam.example");
        await world.PollAndRunAsync();
    }

    private static IReadOnlyList<OpenMatter> OpenIn(World world)
    {
        var (reader, now) = (world.Store.Reader, world.Clock.GetUtcNow());
        var facts = MatterFacts.Read(reader, reader.ReadSnapshot(now.AddDays(-1)), now) with
        {
            Holder = new Holder(4711, @"CONTOSO\MIMSyncUser", now.AddHours(-1)),
        };
        return AgentVerdict.Of(facts, TimeZoneInfo.Utc).Open;
    }
}
