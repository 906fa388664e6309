using System.Text.Json.Nodes;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

public sealed class InstallTests : ScriptTest
{
    private string Settings => Path.Combine(world.ProgramFolder, "appsettings.json");

    [Fact]
    public void A_fresh_installation_as_a_task_runs_as_MIMSyncUser()
    {
        var run = setup.Install().Succeeded();

        var task = world.Tasks["MIM Hybrid Agent"];
        Assert.Equal("""<Task account="SERVER\MIMSyncUser" logon="Password" delay="00:15:00"><Settings><Enabled>false</Enabled></Settings></Task>""", task.Xml);
        Assert.Equal((@"SERVER\MIMSyncUser", true, true), (task.User, task.HasPassword, task.Enabled));
        Assert.Empty(world.Services);
        Assert.True(world.AgentRuns);
        Assert.Equal(1, world.PasswordsAsked);
        Assert.Equal(true, run.Result.Properties["Running"].Value);
    }

    [Fact]
    public void The_account_gets_one_right_beside_those_of_others_and_the_administrator_is_told()
    {
        var run = setup.Install().Succeeded();

        Assert.Equal(["*S-1-5-32-544", "*S-1-5-32-551", "*" + WindowsWorld.SyncUser], world.Rights["SeBatchLogonRight"]);
        Assert.Equal(["*S-1-5-80-0"], world.Rights["SeServiceLogonRight"]);
        Assert.Contains(@"Gave SERVER\MIMSyncUser the right 'Log on as a batch job'.", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_folder_is_open_to_system_administrators_and_the_account_alone()
    {
        setup.Install().Succeeded();

        var list = world.AccessLists[world.DataFolder];
        Assert.True(list.Protected);
        Assert.Equal([.. WindowsWorld.Closed().Rules, WindowsWorld.SyncUser + ":1180095:0:Allow", WindowsWorld.SyncUser + ":1245631:3:Allow:2"], list.Rules);
    }

    [Fact]
    public void Operators_are_let_in_when_named()
    {
        setup.Install(new() { ["OperatorsGroup"] = @"SERVER\MimOperators" }).Succeeded();

        Assert.Contains(WindowsWorld.Operators + ":1245631:3:Allow:2", world.AccessLists[world.DataFolder].Rules);
    }

    [Fact]
    public void Operators_force_runs_beside_a_client_secret_which_they_cannot_read()
    {
        setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure(), ["OperatorsGroup"] = @"SERVER\MimOperators" }).Succeeded();

        var settings = world.AccessLists[Path.Combine(world.ProgramFolder, "appsettings.json")];
        Assert.True(settings.Protected);
        Assert.DoesNotContain(settings.Rules, rule => rule.StartsWith(WindowsWorld.Operators, StringComparison.Ordinal));
        Assert.Contains(WindowsWorld.Operators + ":1245631:3:Allow:2", world.AccessLists[world.DataFolder].Rules);
    }

    [Fact]
    public void Operators_stay_when_a_second_installation_does_not_name_them()
    {
        setup.Install(new() { ["OperatorsGroup"] = @"SERVER\MimOperators" }).Succeeded();
        var before = world.Snapshot();

        setup.Install().Succeeded();

        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void The_event_source_is_registered_with_messages_that_every_server_has()
    {
        setup.Install().Succeeded();

        var (key, values) = Assert.Single(world.Registry);
        Assert.Equal(@"HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application\MimHybrid", key);
        Assert.Equal(@"ExpandString %SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll", values["EventMessageFile"]);
        Assert.Equal("DWord 7", values["TypesSupported"]);
    }

    [Fact]
    public void The_settings_name_tenant_application_and_the_certificate_that_our_own_script_makes()
    {
        setup.Install().Succeeded();

        var graph = JsonNode.Parse(File.ReadAllText(Settings))!["Graph"]!.AsObject();
        Assert.Equal(["Cloud", "TenantId", "ClientId", "CertificateSubject"], graph.Select(pair => pair.Key));
        Assert.Equal(["Global", Setup.Tenant, Setup.Client, "CN=MimHybrid"], graph.Select(pair => (string?)pair.Value));
    }

    [Fact]
    public void A_service_is_delayed_depends_on_MIM_and_is_restarted()
    {
        setup.Install(new() { ["RunAs"] = "Service" }).Succeeded();

        var service = world.Services["MimHybrid"];
        Assert.Equal("MIM Hybrid Agent", service.DisplayName);
        Assert.Equal($"\"{world.ProgramFolder}/mimhybrid.exe\" run --data \"{world.DataFolder}\"", service.Line);
        Assert.Equal((@"SERVER\MIMSyncUser", true), (service.Account, service.HasPassword));
        Assert.Equal(("delayed-auto", "FIMSynchronizationService"), (service.Start, service.DependsOn));
        Assert.Equal(("86400 restart/60000/restart/60000/restart/300000", true), (service.Failure, service.FailureFlag));
        Assert.Contains("*" + WindowsWorld.SyncUser, world.Rights["SeServiceLogonRight"]);
        Assert.Empty(world.Tasks);
        Assert.True(world.AgentRuns);
    }

    [Fact]
    public void A_managed_account_needs_no_password_for_a_task()
    {
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$" }).Succeeded();

        var task = world.Tasks["MIM Hybrid Agent"];
        Assert.Equal("""<Task account="CONTOSO\svc-mim$" logon="Gmsa" delay="00:15:00"><Settings><Enabled>false</Enabled></Settings></Task>""", task.Xml);
        Assert.False(task.HasPassword);
        Assert.Equal(0, world.PasswordsAsked);
    }

    [Fact]
    public void A_managed_account_needs_no_password_for_a_service()
    {
        setup.Install(new() { ["Account"] = @"CONTOSO\svc-mim$", ["RunAs"] = "Service" }).Succeeded();

        Assert.Equal((@"CONTOSO\svc-mim$", false), (world.Services["MimHybrid"].Account, world.Services["MimHybrid"].HasPassword));
        Assert.Equal(0, world.PasswordsAsked);
    }

    [Fact]
    public void A_client_secret_is_written_to_a_file_that_was_closed_before()
    {
        var run = setup.Install(new() { ["ClientSecret"] = WindowsWorld.Secure() }).Succeeded();

        Assert.Equal(WindowsWorld.Password, (string?)JsonNode.Parse(File.ReadAllText(Settings))!["Graph"]!["ClientSecret"]);
        Assert.Single(world.Snapshot().Split('\n'), line => line.Contains("appsettings.json", StringComparison.Ordinal) && line.EndsWith("private", StringComparison.Ordinal));
        Assert.Contains("A certificate would leave no secret in a file.", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_managed_identity_needs_no_application()
    {
        setup.Install(new() { ["ClientId"] = "", ["ManagedIdentity"] = true }).Succeeded();

        var graph = JsonNode.Parse(File.ReadAllText(Settings))!["Graph"]!.AsObject();
        Assert.Equal(["Cloud", "TenantId", "ManagedIdentity"], graph.Select(pair => pair.Key));
        Assert.True((bool?)graph["ManagedIdentity"]);
    }

    [Fact]
    public void What_is_missing_is_asked_for()
    {
        world.Answers.Enqueue("fabrikam.example");
        world.Answers.Enqueue(Setup.Client);

        setup.Install(new() { ["TenantId"] = "", ["ClientId"] = "" }).Succeeded();

        Assert.Equal("fabrikam.example", (string?)JsonNode.Parse(File.ReadAllText(Settings))!["Graph"]!["TenantId"]);
    }

    [Fact]
    public void An_address_to_mail_to_is_asked_for_once_with_its_server()
    {
        world.Answers.Enqueue("identity-team@contoso.com");
        world.Answers.Enqueue("smtp.contoso.com");

        setup.Install().Succeeded();

        Assert.Equal(
            """{"Server":"smtp.contoso.com","From":"mimhybrid@contoso.com","To":["identity-team@contoso.com"]}""",
            JsonNode.Parse(File.ReadAllText(Settings))!["Alerts"]!["Mail"]!["Admins"]!.ToJsonString());
        world.Answers.Enqueue("somebody.else@contoso.com");
        setup.Install().Succeeded();
        Assert.Single(world.Answers); // nobody asked
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("ops@contoso.com", "smtp.contoso.com", "agent@contoso.com")]
    public void An_unattended_installation_says_whom_to_mail_to_or_nobody(string to, string? server, string? from)
    {
        world.Answers.Enqueue("nobody asked");

        setup.Install(new() { ["MailTo"] = to, ["MailServer"] = server, ["MailFrom"] = from }).Succeeded();

        Assert.Single(world.Answers);
        Assert.Equal(from, (string?)JsonNode.Parse(File.ReadAllText(Settings))!["Alerts"]?["Mail"]!["Admins"]!["From"]);
    }

    [Theory]
    [InlineData("ops@contoso.com", "", "needs a mail server")]
    [InlineData("ops at contoso", "smtp.contoso.com", "-MailTo is no mail address")]
    public void An_address_that_cannot_be_mailed_to_is_refused_before_anything_is_changed(string to, string server, string says)
    {
        var before = world.Snapshot();
        var run = setup.Install(new() { ["MailTo"] = to, ["MailServer"] = server });

        Assert.Contains(says, run.Failure?.Message, StringComparison.Ordinal);
        Assert.Equal(before, world.Snapshot());
    }

    [Theory]
    [InlineData("Task")]
    [InlineData("Service")]
    public void A_second_installation_changes_nothing_and_asks_for_nothing(string runAs)
    {
        setup.HasOldTask();
        setup.Install(new() { ["RunAs"] = runAs, ["DisableOldTask"] = true }).Succeeded();
        var (before, changes) = (world.Snapshot(), world.Changes.Count);

        setup.Install(new() { ["RunAs"] = runAs }).Succeeded();

        Assert.Equal(before, world.Snapshot());
        Assert.Equal(["make folder MimHybrid.unfinished"], world.Changes.Skip(changes)); // where it would have noted something
        Assert.Equal(1, world.PasswordsAsked);
    }

    [Fact]
    public void A_second_installation_makes_good_what_somebody_took_away()
    {
        setup.Install().Succeeded();
        var before = world.Snapshot();
        world.Rights["SeBatchLogonRight"].RemoveAt(2);
        world.AccessLists[world.DataFolder].Rules.RemoveAll(rule => rule.StartsWith(WindowsWorld.SyncUser, StringComparison.Ordinal));

        setup.Install().Succeeded();

        Assert.Equal(before, world.Snapshot());
    }

    [Fact]
    public void A_right_under_a_mere_name_is_recognized()
    {
        world.Rights["SeBatchLogonRight"] = ["*S-1-5-32-544", "nobody-any-more", "MIMSyncUser"];

        setup.Install().Succeeded();

        Assert.Equal(["*S-1-5-32-544", "nobody-any-more", "MIMSyncUser"], world.Rights["SeBatchLogonRight"]);
    }

    [Fact]
    public void Settings_that_are_there_are_never_touched()
    {
        Directory.CreateDirectory(world.ProgramFolder);
        File.WriteAllText(Settings, """{ "Graph": { "TenantId": "mine" } }""");

        setup.Install().Succeeded();

        Assert.Equal("""{ "Graph": { "TenantId": "mine" } }""", File.ReadAllText(Settings));
    }

    [Fact]
    public void Settings_filled_in_beside_the_executable_are_taken()
    {
        File.WriteAllText(Path.Combine(setup.First.Root, "appsettings.json"), """{ "Graph": { "TenantId": "prepared" } }""");

        setup.Install(new() { ["TenantId"] = "" }).Succeeded();

        Assert.Equal("""{ "Graph": { "TenantId": "prepared" } }""", File.ReadAllText(Settings));
    }

    [Fact]
    public void Everything_of_the_archive_is_installed_and_no_file_in_between_is_left()
    {
        setup.Install().Succeeded();

        Assert.True(File.Exists(Path.Combine(world.ProgramFolder, "scripts", "MimHybrid", "Journal.ps1")));
        Assert.True(File.Exists(Path.Combine(world.ProgramFolder, "LICENSE")));
        Assert.NotEmpty(world.WorkFolders);
        Assert.All(world.WorkFolders, folder => Assert.False(Directory.Exists(folder), folder));
    }
}
