using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class SynchronizationTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task Guests_are_projected_and_provisioned_and_all_others_are_filtered()
    {
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("Mary Member", "Member");
        driver.Tenant.Set(driver.Tenant.Invite("Nobody Knows"), "userType", null);
        await driver.SucceedAsync(Source, Profiles.FullImport);

        var run = await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("disconnector-filtered 2, disconnector-projected-flow 1", run.Inbound);
        Assert.Equal("provisioned-add-flow 1", run.Outbound);
        Assert.Equal(0, await driver.CountAsync(Source, "NumImportAdd"));
        Assert.Equal(1, await driver.CountAsync(Source, "NumConnectors"));
        Assert.Equal(2, await driver.CountAsync(Source, "NumFilteredDisconnectors"));
        Assert.Equal(2, await driver.CountAsync(Source, "NumTotalDisconnectors"));
        Assert.Equal(1, await driver.CountAsync(Target, "NumExportAdd"));
    }

    [Fact]
    public async Task A_delta_synchronization_without_pending_imports_does_nothing()
    {
        driver.Tenant.Invite("Mary Member", "Member");
        await driver.FullSequenceAsync();

        var run = await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("", run.Inbound);
        Assert.Equal("", run.Outbound);
    }

    [Fact]
    public async Task A_full_synchronization_evaluates_everything_again()
    {
        driver.Tenant.Invite("Ada Lovelace");
        driver.Tenant.Invite("Mary Member", "Member");
        await driver.FullSequenceAsync();

        var run = await driver.SucceedAsync(Source, Profiles.FullSynchronization);

        Assert.Equal("disconnector-filtered 1, connector-no-flow 1", run.Inbound);
        Assert.Equal("connector-no-flow 1", run.Outbound);
        Assert.Equal(0, await driver.CountAsync(Target, "NumExportUpdate"));
    }

    [Fact]
    public async Task A_changed_guest_flows_to_a_pending_update()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        driver.Tenant.Set(ada, "surname", "King");
        await driver.SucceedAsync(Source, Profiles.DeltaImport);

        var run = await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("connector-flow 1", run.Inbound);
        Assert.Equal("connector-flow 1", run.Outbound);
        Assert.Equal(1, await driver.CountAsync(Target, "NumExportUpdate"));
    }

    [Fact]
    public async Task A_change_taken_back_before_the_export_takes_the_pending_update_back()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        await SetAndSynchronizeAsync(ada, "surname", "King");

        await SetAndSynchronizeAsync(ada, "surname", null);

        Assert.Equal(0, await driver.CountAsync(Target, "NumExportUpdate"));
    }

    [Fact]
    public async Task A_guest_who_changes_before_the_first_export_is_still_a_pending_addition()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.SucceedAsync(Source, Profiles.FullImport);
        await driver.SucceedAsync(Source, Profiles.FullSynchronization);

        await SetAndSynchronizeAsync(ada, "surname", "King");
        await driver.ExportAndConfirmAsync();

        Assert.Equal("King", Assert.Single(driver.Server.Directory.Accounts).Surname);
    }

    [Fact]
    public async Task A_guest_who_is_gone_leaves_the_metaverse_and_the_account_is_to_be_deleted()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        driver.Tenant.Delete(ada);
        await driver.SucceedAsync(Source, Profiles.DeltaImport);

        var run = await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("connector-delete-remove-mv 1", run.Inbound);
        Assert.Equal("provisioned-disconnect 1", run.Outbound);
        Assert.Equal(0, await driver.CountAsync(Source, "NumCSObjects"));
        Assert.Equal(1, await driver.CountAsync(Target, "NumExportDelete"));
        Assert.Equal(0, await driver.CountAsync(Target, "NumConnectors"));
    }

    [Fact]
    public async Task A_guest_who_becomes_a_member_is_filtered_and_back_again_is_projected()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();

        var left = await SetAndSynchronizeAsync(ada, "userType", "Member");
        Assert.Equal("connector-filtered-remove-mv 1", left.Inbound);
        Assert.Equal("provisioned-disconnect 1", left.Outbound);
        Assert.Equal(1, await driver.CountAsync(Source, "NumFilteredDisconnectors"));
        await driver.ExportAndConfirmAsync();
        Assert.Empty(driver.Server.Directory.Accounts);

        var back = await SetAndSynchronizeAsync(ada, "userType", "Guest");
        Assert.Equal("disconnector-projected-flow 1", back.Inbound);
        await driver.ExportAndConfirmAsync();
        Assert.Single(driver.Server.Directory.Accounts);
    }

    [Fact]
    public async Task A_guest_gone_before_the_first_export_needs_no_delete()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.SucceedAsync(Source, Profiles.FullImport);
        await driver.SucceedAsync(Source, Profiles.FullSynchronization);
        driver.Tenant.Delete(ada);
        await driver.SucceedAsync(Source, Profiles.DeltaImport);

        var run = await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("provisioned-disconnect 1", run.Outbound);
        Assert.Equal(0, await driver.CountAsync(Target, "NumCSObjects"));
    }

    private async Task<RunDetails> SetAndSynchronizeAsync(string id, string property, string? value)
    {
        driver.Tenant.Set(id, property, value);
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
        return await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);
    }
}
