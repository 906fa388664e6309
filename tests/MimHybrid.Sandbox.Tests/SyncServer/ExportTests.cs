using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class ExportTests(LoopbackGraph graph) : IDisposable
{
    private static readonly ExportFault Denied = new("permission-issue", "8344", "Insufficient access rights to perform the operation.");

    private readonly SyncServerDriver driver = new(graph);

    private IReadOnlyList<DirectoryAccount> Accounts => driver.Server.Directory.Accounts;

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task An_export_makes_the_account_and_waits_for_confirmation()
    {
        await PrepareExportAsync("Ada Lovelace");

        var run = await driver.SucceedAsync(Target, Profiles.Export);

        Assert.Equal("export-add 1", run.Exported);
        Assert.Equal(0, await driver.CountAsync(Target, "NumExportAdd"));
        var account = Assert.Single(Accounts);
        Assert.Equal("CN=Ada Lovelace,OU=Guests,DC=sandbox,DC=example", account.DistinguishedName);
        Assert.Equal(("ada.lovelace", "Ada Lovelace"), (account.SamAccountName, account.DisplayName));
        Assert.Equal("ada.lovelace@partner.example", account.Mail);
        Assert.EndsWith("#EXT#@tenant.example", account.UserPrincipalName, StringComparison.Ordinal);
        Assert.Equal((driver.Time.GetUtcNow(), driver.Time.GetUtcNow()), (account.WhenCreated, account.WhenChanged));
        Assert.NotEqual(Guid.Empty, account.ObjectGuid);
    }

    [Fact]
    public async Task The_confirming_import_stages_updates_and_the_synchronization_clears_them()
    {
        await PrepareExportAsync("Ada Lovelace");
        await driver.SucceedAsync(Target, Profiles.Export);

        Assert.Equal("stage-update 1", (await driver.SucceedAsync(Target, Profiles.DeltaImport)).Staged);
        Assert.Equal(1, await driver.CountAsync(Target, "NumImportUpdate"));

        var synchronized = await driver.SucceedAsync(Target, Profiles.DeltaSynchronization);
        Assert.Equal("connector-no-flow 1", synchronized.Inbound);
        Assert.Equal("connector-no-flow 1", synchronized.Outbound);
        Assert.Equal(0, await driver.CountAsync(Target, "NumImportUpdate"));
        Assert.Equal("completed-no-objects", await driver.RunAsync(Target, Profiles.DeltaImport));
    }

    [Fact]
    public async Task Updates_and_deletions_are_exported_and_confirmed()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        var grace = driver.Tenant.Invite("Grace Hopper");
        await driver.FullSequenceAsync();
        driver.Tenant.Set(ada, "givenName", "Ada");
        driver.Tenant.Delete(grace);
        driver.Time.Advance(TimeSpan.FromMinutes(5));
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
        await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);

        Assert.Equal("export-update 1, export-delete 1", (await driver.SucceedAsync(Target, Profiles.Export)).Exported);
        Assert.Equal("stage-update 1, stage-delete 1", (await driver.SucceedAsync(Target, Profiles.DeltaImport)).Staged);
        await driver.SucceedAsync(Target, Profiles.DeltaSynchronization);

        var account = Assert.Single(Accounts);
        Assert.Equal(("Ada", driver.Time.GetUtcNow()), (account.GivenName, account.WhenChanged));
        Assert.Equal(1, await driver.CountAsync(Target, "NumCSObjects"));
    }

    [Fact]
    public async Task An_object_that_cannot_be_exported_is_named_and_tried_again()
    {
        await PrepareExportAsync("Ada Lovelace", "Grace Hopper");
        driver.Server.Script.RefuseExport(dn => dn.StartsWith("CN=Ada", StringComparison.Ordinal), Denied);

        Assert.Equal("completed-export-errors", await driver.RunAsync(Target, Profiles.Export));
        var run = await driver.LastRunAsync(Target);
        Assert.Equal("export-add 1, export-failure 1", run.Exported);
        Assert.Equal("Grace Hopper", Assert.Single(Accounts).DisplayName);
        Assert.Equal(1, await driver.CountAsync(Target, "NumExportAdd"));

        driver.Server.Script.Reset();
        Assert.Equal("export-add 1", (await driver.SucceedAsync(Target, Profiles.Export)).Exported);
        Assert.Equal(2, Accounts.Count);
    }

    [Fact]
    public async Task An_export_error_carries_name_dates_retries_and_the_directory_s_words()
    {
        await PrepareExportAsync("Ada Lovelace");
        driver.Server.Script.RefuseExport(_ => true, Denied);
        await driver.RunAsync(Target, Profiles.Export);
        driver.Time.Advance(TimeSpan.FromMinutes(1));

        await driver.RunAsync(Target, Profiles.Export);

        var error = Assert.Single((await driver.LastRunAsync(Target)).Step.Element("synchronization-errors")!.Elements("export-error"));
        Assert.Equal("CN=Ada Lovelace,OU=Guests,DC=sandbox,DC=example", error.Attribute("dn")!.Value);
        Assert.Equal(
            ["2026-11-22 08:01:00.000", "2026-11-22 08:00:00.000", "1", "permission-issue"],
            new[] { "date-occurred", "first-occurred", "retry-count", "error-type" }.Select(name => error.Element(name)!.Value));
        Assert.Equal("8344", error.Element("cd-error")!.Element("error-code")!.Value);
        Assert.StartsWith("Insufficient", error.Element("cd-error")!.Element("error-literal")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_deleted_by_hand_is_provisioned_again()
    {
        driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        Assert.True(driver.Server.Directory.DeleteByHand("cn=ada lovelace,ou=guests,dc=sandbox,dc=example"));

        Assert.Equal("stage-delete 1", (await driver.SucceedAsync(Target, Profiles.FullImport)).Staged);
        var run = await driver.SucceedAsync(Target, Profiles.DeltaSynchronization);
        Assert.Equal(("connector-delete-leave-mv 1", "provisioned-add-flow 1"), (run.Inbound, run.Outbound));
        await driver.ExportAndConfirmAsync();

        Assert.Equal("ada.lovelace", Assert.Single(Accounts).SamAccountName);
    }

    [Fact]
    public async Task An_account_changed_by_hand_is_set_right()
    {
        driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        driver.Server.Directory.ChangeByHand(Accounts[0].DistinguishedName, account => account with { Mail = "typo" });

        Assert.Equal("stage-update 1", (await driver.SucceedAsync(Target, Profiles.FullImport)).Staged);
        Assert.Equal("connector-flow 1", (await driver.SucceedAsync(Target, Profiles.DeltaSynchronization)).Outbound);
        await driver.ExportAndConfirmAsync();

        Assert.Equal("ada.lovelace@partner.example", Assert.Single(Accounts).Mail);
    }

    [Fact]
    public async Task An_account_made_by_hand_stays_a_disconnector()
    {
        driver.Server.Directory.CreateByHand(new DirectoryAccount { DistinguishedName = "CN=Admin,DC=sandbox,DC=example" });

        await driver.SucceedAsync(Target, Profiles.FullImport);

        Assert.Equal("disconnector-remains 1", (await driver.SucceedAsync(Target, Profiles.FullSynchronization)).Inbound);
        Assert.Equal(1, await driver.CountAsync(Target, "NumDisconnectors"));
    }

    [Fact]
    public async Task An_account_in_the_way_that_nobody_imported_is_an_export_error()
    {
        await PrepareExportAsync("Ada Lovelace");
        driver.Server.Directory.CreateByHand(new DirectoryAccount { DistinguishedName = "CN=Ada Lovelace,OU=Guests,DC=sandbox,DC=example" });

        Assert.Equal("completed-export-errors", await driver.RunAsync(Target, Profiles.Export));

        var run = await driver.LastRunAsync(Target);
        Assert.Equal("cd-existing-object", run.Step.Descendants("error-type").Single().Value);
    }

    [Fact]
    public async Task An_account_gone_before_its_update_is_an_export_error()
    {
        var ada = driver.Tenant.Invite("Ada Lovelace");
        await driver.FullSequenceAsync();
        driver.Tenant.Set(ada, "surname", "King");
        await driver.SucceedAsync(Source, Profiles.DeltaImport);
        await driver.SucceedAsync(Source, Profiles.DeltaSynchronization);
        driver.Server.Directory.DeleteByHand(Accounts[0].DistinguishedName);

        Assert.Equal("completed-export-errors", await driver.RunAsync(Target, Profiles.Export));

        Assert.Equal("cd-missing-object", (await driver.LastRunAsync(Target)).Step.Descendants("error-type").Single().Value);
    }

    [Fact]
    public async Task Export_counters_of_the_history_tell_the_last_good_one()
    {
        await driver.SucceedAsync(Target, Profiles.Export);
        await PrepareExportAsync("Ada Lovelace");
        driver.Server.Script.RefuseExport(_ => true, Denied);
        await driver.RunAsync(Target, Profiles.Export);

        var step = (await driver.LastRunAsync(Target)).Step;
        Assert.Equal("2", step.Element("current-export-step-counter")!.Value);
        Assert.Equal("1", step.Element("last-successful-export-step-counter")!.Value);
    }

    private async Task PrepareExportAsync(params string[] guests)
    {
        foreach (var guest in guests)
            driver.Tenant.Invite(guest);
        await driver.SucceedAsync(Source, Profiles.FullImport);
        await driver.SucceedAsync(Source, Profiles.FullSynchronization);
    }
}
