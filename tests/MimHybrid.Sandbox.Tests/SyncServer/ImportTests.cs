using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class ImportTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task A_full_import_stages_members_too()
    {
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("Mary Member", "Member");

        var run = await driver.SucceedAsync(Source, Profiles.FullImport);

        Assert.Equal("stage-add 2", run.Staged);
        Assert.Equal(2, await driver.CountAsync(Source, "NumImportAdd"));
        Assert.Equal(2, await driver.CountAsync(Source, "NumCSObjects"));
        Assert.Equal(2, await driver.CountAsync(Source, "NumDisconnectors"));
        Assert.Equal(0, await driver.CountAsync(Source, "NumImportNoChange"));
    }

    [Fact]
    public async Task A_delta_import_before_the_first_full_import_asks_for_one()
    {
        Assert.Equal("no-start-full-import-required", await driver.RunAsync(Source, Profiles.DeltaImport));
        Assert.Equal("1", await driver.AskAsync(Source, "RunNumber"));
        Assert.Equal("warning-no-watermark", (await driver.LastRunAsync(Source)).Step.Element("ma-connection")!.Element("connection-result")!.Value);
    }

    [Fact]
    public async Task A_delta_import_stages_what_changed_and_nothing_else()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        var grace = driver.Tenant.Invite("Grace Hopper");
        driver.Tenant.Invite("Joan Clarke");
        await driver.FullSequenceAsync();
        driver.Tenant.Set(ada, "displayName", "Ada King");
        driver.Tenant.Delete(grace);
        driver.Tenant.Invite("Edsger Dijkstra");

        var run = await driver.SucceedAsync(Source, Profiles.DeltaImport);

        Assert.Equal("stage-add 1, stage-update 1, stage-delete 1", run.Staged);
        Assert.Equal(1, await driver.CountAsync(Source, "NumImportAdd"));
        Assert.Equal(1, await driver.CountAsync(Source, "NumImportUpdate"));
        Assert.Equal(1, await driver.CountAsync(Source, "NumImportDelete"));
        Assert.Equal(1, await driver.CountAsync(Source, "NumImportNoChange"));
    }

    [Fact]
    public async Task An_import_that_finds_nothing_says_so()
    {
        Assert.Equal("completed-no-objects", await driver.RunAsync(Source, Profiles.FullImport));
        Assert.Equal("completed-no-objects", await driver.RunAsync(Source, Profiles.DeltaImport));
    }

    [Fact]
    public async Task A_second_full_import_finds_no_change()
    {
        driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();

        Assert.Equal("stage-no-change 1", (await driver.SucceedAsync(Source, Profiles.FullImport)).Staged);
        Assert.Equal("stage-no-change 1", (await driver.SucceedAsync(Target, Profiles.FullImport)).Staged);
    }

    [Fact]
    public async Task A_full_import_obsoletes_what_it_does_not_see()
    {
        driver.Tenant.Delete(await InviteAndCarryAsync("Ada Lovelace"));

        Assert.Equal("stage-delete 1", (await driver.SucceedAsync(Source, Profiles.FullImport)).Staged);
    }

    [Fact]
    public async Task After_discovery_errors_nothing_is_obsoleted()
    {
        driver.Tenant.Delete(await InviteAndCarryAsync("Ada Lovelace"));
        driver.Server.Script.Answer(Source, Profiles.FullImport, "completed-discovery-errors");

        Assert.Equal("completed-discovery-errors", await driver.RunAsync(Source, Profiles.FullImport));

        var run = await driver.LastRunAsync(Source);
        Assert.Equal("", run.Staged);
        Assert.Single(run.Step.Element("ma-discovery-errors")!.Elements("ma-object-error"));
        Assert.Equal(0, await driver.CountAsync(Source, "NumImportDelete"));
        Assert.Equal("stage-delete 1", (await driver.SucceedAsync(Source, Profiles.FullImport)).Staged);
    }

    [Fact]
    public async Task A_change_that_is_taken_back_before_the_synchronization_is_not_pending_any_more()
    {
        var ada = await InviteAndCarryAsync("Ada Lovelace");
        driver.Tenant.Set(ada, "givenName", "Augusta");
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
        driver.Tenant.Set(ada, "givenName", null);

        Assert.Equal("stage-no-change 1", (await driver.SucceedAsync(Source, Profiles.DeltaImport)).Staged);
        Assert.Equal(0, await driver.CountAsync(Source, "NumImportUpdate"));
    }

    [Fact]
    public async Task A_guest_deleted_and_restored_before_the_synchronization_is_not_pending_any_more()
    {
        var ada = await InviteAndCarryAsync("Ada Lovelace");
        var deleted = driver.Tenant.Delete(ada);
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
        driver.Tenant.Restore(ada, deleted);

        Assert.Equal("stage-no-change 1", (await driver.SucceedAsync(Source, Profiles.DeltaImport)).Staged);
        Assert.Equal(0, await driver.CountAsync(Source, "NumImportDelete"));
    }

    [Fact]
    public async Task A_guest_who_came_and_went_between_two_synchronizations_leaves_nothing()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.SucceedAsync(Source, Profiles.FullImport);
        driver.Tenant.Delete(ada);

        Assert.Equal("stage-delete 1", (await driver.SucceedAsync(Source, Profiles.DeltaImport)).Staged);
        Assert.Equal(0, await driver.CountAsync(Source, "NumCSObjects"));
    }

    private async Task<string> InviteAndCarryAsync(string name)
    {
        var id = driver.Tenant.Invite(name);
        await driver.FullSequenceAsync();
        return id;
    }
}
