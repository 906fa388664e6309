using System.Text.Json;
using MimHybrid.Sandbox.SyncServer;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class PersistenceTests(LoopbackGraph graph) : IDisposable
{
    private readonly TestTenant tenant = graph.AddTenant();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mimhybrid-syncserver-");

    private string ServerFile => Path.Combine(folder.FullName, "syncserver.json");

    private string DirectoryFile => Path.Combine(folder.FullName, "directory.json");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task After_a_restart_everything_is_as_it_was()
    {
        var ada = tenant.Invite("Ada Lovelace");
        tenant.Invite("Mary Member", "Member");
        IReadOnlyList<DirectoryAccount> accounts;
        string details;
        using (var before = Start())
        {
            await before.FullSequenceAsync();
            accounts = before.Server.Directory.Accounts;
            details = await before.AskAsync(Target, "RunDetails");
        }

        using var after = Start();

        Assert.Equal(accounts, after.Server.Directory.Accounts);
        Assert.Equal(details, await after.AskAsync(Target, "RunDetails"));
        Assert.Equal(7, (await after.QueryAsync("SELECT * FROM MIIS_RunHistory")).Count);
        Assert.Equal((1, 1), (await after.CountAsync(Source, "NumConnectors"), await after.CountAsync(Source, "NumFilteredDisconnectors")));
        tenant.Set(ada, "surname", "King");
        await after.ChangeDrivenSequenceAsync();
        Assert.Equal("King", Assert.Single(after.Server.Directory.Accounts).Surname);
        Assert.Equal("4", await after.AskAsync(Source, "RunNumber"));
    }

    [Fact]
    public async Task Pending_changes_outlive_a_restart_at_every_step()
    {
        tenant.Invite("Ada Lovelace");
        (string Agent, string Profile, string Count)[] steps =
        [
            (Source, Profiles.FullImport, "NumImportAdd"), (Source, Profiles.DeltaSynchronization, "NumConnectors"),
            (Target, Profiles.Export, "NumConnectors"), (Target, Profiles.DeltaImport, "NumImportUpdate"),
            (Target, Profiles.DeltaSynchronization, "NumConnectors"),
        ];

        foreach (var (agent, profile, count) in steps)
        {
            using (var server = Start())
                await server.SucceedAsync(agent, profile);
            using var restarted = Start();
            Assert.Equal(1, await restarted.CountAsync(agent, count));
        }
    }

    [Fact]
    public async Task Where_one_of_the_files_cannot_be_written_neither_is()
    {
        tenant.Invite("Ada Lovelace");
        using var killed = Start();
        await killed.FullSequenceAsync();
        var inTheWay = Directory.CreateDirectory(DirectoryFile + ".new");
        tenant.Invite("Grace Hopper");
        await killed.ChangeDrivenSequenceAsync();

        inTheWay.Delete();
        using var after = Start();

        await after.ChangeDrivenSequenceAsync();
        Assert.Equal(["Ada Lovelace", "Grace Hopper"], after.Server.Directory.Accounts.Select(account => account.DisplayName));
    }

    /// <summary>The server's file has taken its place, the directory's has not: the one remembers an export that the other has not had.</summary>
    [Fact]
    public async Task A_save_that_was_cut_off_between_its_two_files_is_finished()
    {
        tenant.Invite("Ada Lovelace");
        using var killed = Start();
        await killed.FullSequenceAsync();
        var before = await File.ReadAllBytesAsync(DirectoryFile, TestContext.Current.CancellationToken);
        tenant.Invite("Grace Hopper");
        await killed.ChangeDrivenSequenceAsync();
        File.Move(DirectoryFile, DirectoryFile + ".new");
        await File.WriteAllBytesAsync(DirectoryFile, before, TestContext.Current.CancellationToken);

        using var after = Start();

        Assert.Equal(["Ada Lovelace", "Grace Hopper"], after.Server.Directory.Accounts.Select(account => account.DisplayName));
    }

    [Fact]
    public async Task A_run_cut_off_by_a_killed_process_is_closed_as_a_service_shutdown()
    {
        // Not disposed before the second one starts: a killed process tidies nothing up either.
        using var killed = Start();
        killed.Server.Script.Plan(Target, Profiles.Export, new RunPlan { HangsUntilStopped = true });
        var execute = killed.RunAsync(Target, Profiles.Export);

        using var after = Start();

        Assert.False(execute.IsCompleted);
        Assert.Equal("stopped-service-shutdown", await after.AskAsync(Target, "RunStatus"));
        Assert.Equal("2026-11-22 08:00:00.000", await after.AskAsync(Target, "RunEndTime"));
        Assert.Equal("success", await after.RunAsync(Target, Profiles.Export));
        Assert.Equal("2", await after.AskAsync(Target, "RunNumber"));
        await killed.AskAsync(Target, "Stop");
    }

    [Fact]
    public async Task Disposing_ends_runs_in_flight_and_waits_until_that_is_saved()
    {
        using var before = Start();
        before.Server.Script.Plan(Source, Profiles.FullImport, new RunPlan { HangsUntilStopped = true });
        var execute = before.RunAsync(Source, Profiles.FullImport);

        await before.Server.DisposeAsync();

        Assert.Equal("stopped-service-shutdown", await execute);
        Assert.Contains("\"status\":\"stopped-service-shutdown\"", await ReadAsync(ServerFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_directory_is_a_file_that_people_can_read()
    {
        var zoe = tenant.Invite("Zoë O'Brien");
        tenant.Set(zoe, "surname", "O'Brien");
        using var driver = Start();
        await driver.FullSequenceAsync();

        var text = await ReadAsync(DirectoryFile);

        Assert.Contains("\n", text, StringComparison.Ordinal);
        Assert.Contains("\"distinguishedName\": \"CN=Zoë O'Brien,OU=Guests,DC=sandbox,DC=example\"", text, StringComparison.Ordinal);
        Assert.Contains("\"sn\": \"O'Brien\"", text, StringComparison.Ordinal);
        var account = JsonDocument.Parse(text).RootElement.GetProperty("accounts")[0];
        Assert.Equal(driver.Server.Directory.Accounts[0].ObjectGuid, account.GetProperty("objectGUID").GetGuid());
        Assert.False(File.Exists(DirectoryFile + ".new"));
    }

    [Fact]
    public async Task An_account_that_a_person_took_out_of_the_file_is_provisioned_again()
    {
        tenant.Invite("Ada Lovelace");
        using (var before = Start())
            await before.FullSequenceAsync();
        File.Delete(DirectoryFile);
        using var after = Start();
        Assert.Empty(after.Server.Directory.Accounts);

        Assert.Equal("completed-no-objects", await after.RunAsync(Target, Profiles.FullImport));
        await after.SucceedAsync(Target, Profiles.DeltaSynchronization);
        await after.ExportAndConfirmAsync();

        Assert.Single(after.Server.Directory.Accounts);
    }

    [Fact]
    public async Task What_an_administrator_does_by_hand_is_saved_at_once()
    {
        tenant.Invite("Ada Lovelace");
        using var before = Start();
        await before.FullSequenceAsync();

        before.Server.Directory.DeleteByHand("CN=Ada Lovelace,OU=Guests,DC=sandbox,DC=example");

        using var after = Start();
        Assert.Empty(after.Server.Directory.Accounts);
        Assert.Equal("stage-delete 1", (await after.SucceedAsync(Target, Profiles.DeltaImport)).Staged);
    }

    [Theory]
    [InlineData("{ half a f")]
    [InlineData("{ \"accounts\": [ { \"mail\": 7 } ] }")]
    [InlineData("{ \"accounts\": null }")]
    [InlineData("{ \"accounts\": [ { \"distinguishedName\": \"CN=A\" }, { \"distinguishedName\": \"CN=B\" } ] }")]
    public void A_damaged_file_is_named_and_not_overwritten(string content)
    {
        File.WriteAllText(DirectoryFile, content);

        var error = Assert.Throws<InvalidDataException>(() => Start());

        Assert.Contains(DirectoryFile, error.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(DirectoryFile));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_stop_the_server()
    {
        using var driver = Start();
        Directory.CreateDirectory(ServerFile);

        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));

        Directory.Delete(ServerFile);
        Assert.Equal("success", await driver.RunAsync(Target, Profiles.Export));
        Assert.True(File.Exists(ServerFile));
    }

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    private SyncServerDriver Start() => new(graph, tenant, options => options with { StatePath = folder.FullName });
}
