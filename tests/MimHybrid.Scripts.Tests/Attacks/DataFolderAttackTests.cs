using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests.Attacks;

/// <summary>Somebody made the data folder beforehand, or put something into it that the agent would believe, or waits for a secret to pass by.</summary>
public sealed class DataFolderAttackTests : ScriptTest
{
    [Fact]
    public void A_folder_with_something_else_in_it_is_refused_and_says_what()
    {
        world.HasKeptData();
        File.WriteAllText(In("payroll.xlsx"), "precious");
        Directory.CreateDirectory(In("Windows"));

        var run = Refused("has something else in it: ");

        Assert.Contains("payroll.xlsx", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("Windows", run.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_it_is_called_cannot_drive_the_administrator_s_window()
    {
        world.HasKeptData();
        File.WriteAllText(In("\u202efdp.\u009b2J"), "");

        Assert.DoesNotContain(Refused("has something else in it: ").Failure!.Message, character => character is '\u202e' or '\u009b');
    }

    /// <summary>SQLite would replay it into the store.</summary>
    [Theory]
    [InlineData("agent.db-wal")]
    [InlineData("agent.db")]
    [InlineData("appsettings.json")]
    public void A_file_that_a_stranger_put_there_is_not_believed(string name)
    {
        world.HasKeptData();
        File.WriteAllText(In(name), """{ "Graph": { "TenantId": "evil.example" } }""");
        world.AccessListOf(In(name)).Owner = WindowsWorld.Stranger;

        Refused(@$"{In(name)} belongs to SERVER\Stranger");
    }

    [Theory]
    [InlineData(WindowsWorld.Stranger)]
    [InlineData(WindowsWorld.Users)]
    public void Nor_is_one_in_a_folder_that_others_may_change(string who)
    {
        world.HasKeptData();
        File.WriteAllText(In("appsettings.json"), """{ "Graph": { "TenantId": "evil.example" } }""");
        world.AccessListOf(world.DataFolder).Grant(who, "2:3");

        Refused("may change what is in " + world.DataFolder);
    }

    [Fact]
    public void Nor_is_one_that_others_may_change_by_itself()
    {
        world.HasKeptData();
        world.AccessListOf(In("agent.db")).Grant(WindowsWorld.Stranger, "2:0");

        Refused(@"SERVER\Stranger may change what is in " + In("agent.db"));
    }

    [Fact]
    public void A_second_installation_does_not_go_on_with_a_store_that_somebody_else_could_change_meanwhile()
    {
        setup.Install().Succeeded();
        world.AccessListOf(world.DataFolder).Grant(WindowsWorld.Stranger, "1245631:3");

        Refused(@"SERVER\Stranger may change what is in");
    }

    [Fact]
    public void A_link_in_it_is_not_believed()
    {
        world.HasKeptData();
        File.CreateSymbolicLink(In("agent.db-wal"), Path.Combine(setup.First.Root, "LICENSE"));

        Refused($"{In("agent.db-wal")} is a link");
    }

    [Theory]
    [InlineData("DataFolder")]
    [InlineData("ProgramFolder")]
    public void A_whole_drive_is_refused(string parameter)
    {
        var drive = Path.GetPathRoot(world.DataFolder)!;

        Refused("is a whole drive", new() { [parameter] = drive });
    }

    [Fact]
    public void Removing_the_data_removes_what_is_ours_and_tells_what_is_left()
    {
        setup.Install().Succeeded();
        File.WriteAllText(In("payroll.xlsx"), "precious");

        var run = setup.Uninstall(new() { ["RemoveData"] = true }).Succeeded();

        Assert.Equal([In("payroll.xlsx")], Directory.GetFileSystemEntries(world.DataFolder));
        Assert.Contains("because no installation made it: payroll.xlsx", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Kept_data_are_closed_to_everybody_but_administrators_until_they_are_used_again()
    {
        setup.Install().Succeeded();
        world.AccessListOf(In("agent.db")).Owner = WindowsWorld.SyncUser; // the agent made it

        setup.Uninstall().Succeeded();

        Assert.Equal(WindowsWorld.Closed().ToString(), world.AccessListOf(world.DataFolder).ToString());
        Assert.Equal("S-1-5-32-544", world.AccessListOf(In("agent.db")).Owner);
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();
    }

    /// <summary>A handle that is opened in between reads what is written later, whatever the rights are then.</summary>
    [Fact]
    public void At_no_moment_can_others_open_what_is_to_hold_a_secret_or_a_guest()
    {
        List<string> open = [];
        world.Before = change => open.AddRange(OpenToOthers().Select(path => $"{path} before: {change}"));

        setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();
        setup.Update(new UnzippedFolder(world, "2.0")).Succeeded();
        setup.Uninstall().Succeeded();

        Assert.Empty(open);
        Assert.Empty(OpenToOthers());
    }

    [Theory]
    [InlineData("""{ "Graph:TenantId": "t", "Graph:ClientSecret": "s" }""")]
    [InlineData("""{ "graph": { "tenantid": "t", "CLIENTSECRET": "s" } }""")]
    [InlineData("""{ "Graph": { "TenantId": "t" }, "Telemetry": { "OtlpHeaders": "api-key=s" } }""")]
    [InlineData("""{ "Graph": { "TenantId": "t" }, "Telemetry:AzureMonitorConnectionString": "InstrumentationKey=s" }""")]
    public void Settings_hold_a_secret_however_it_is_written(string settings)
    {
        File.WriteAllText(Path.Combine(setup.First.Root, "appsettings.json"), settings);

        setup.Install().Succeeded();

        Assert.True(world.RightsOf(Path.Combine(world.ProgramFolder, "appsettings.json")).Protected);
    }

    /// <summary>From then on the account may write there, and put anything in their place.</summary>
    [Fact]
    public void Kept_settings_are_read_before_the_account_is_let_into_their_folder()
    {
        world.HasKeptData();
        File.WriteAllText(In("appsettings.json"), """{ "Graph": { "TenantId": "mine" } }""");
        world.Before = change =>
        {
            if (change == "new HKLM:\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\MimHybrid") File.WriteAllText(In("appsettings.json"), """{ "Graph": { "TenantId": "evil.example" } }""");
        };

        setup.Install().Succeeded();

        Assert.Equal("""{ "Graph": { "TenantId": "mine" } }""", File.ReadAllText(Path.Combine(world.ProgramFolder, "appsettings.json")));
    }

    [Fact]
    public void A_secret_that_was_filled_in_where_others_read_is_pointed_out()
    {
        var filled = Path.Combine(setup.First.Root, "appsettings.json");
        File.WriteAllText(filled, """{ "Graph": { "TenantId": "t", "ClientSecret": "s" } }""");

        Assert.Contains($"The settings in {filled} hold a secret, and everybody who may read that folder can read it.", setup.Install().Succeeded().Said, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_without_a_secret_stay_readable()
    {
        File.WriteAllText(Path.Combine(setup.First.Root, "appsettings.json"), """{ "Graph": { "TenantId": "t", "ClientSecret": "", "ClientSecretExpires": "2030-01-01" } }""");

        setup.Install().Succeeded();

        Assert.False(world.RightsOf(Path.Combine(world.ProgramFolder, "appsettings.json")).Protected);
    }

    private string In(string name) => Path.Combine(world.DataFolder, name);

    private IEnumerable<string> OpenToOthers()
    {
        foreach (var folder in new[] { world.DataFolder, world.ProgramFolder + ".unfinished" })
            if (Directory.Exists(folder) && !world.RightsOf(folder).Protected) yield return folder;
        foreach (var file in new[] { Path.Combine(world.ProgramFolder, "appsettings.json"), In("appsettings.json") })
            if (File.Exists(file) && !world.RightsOf(file).Protected) yield return file;
    }

    private ScriptRun Refused(string because, Dictionary<string, object?>? more = null)
    {
        var before = world.Snapshot();

        var run = setup.Install(more);

        Assert.Contains(because, run.Failure?.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", run.Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
        return run;
    }
}
