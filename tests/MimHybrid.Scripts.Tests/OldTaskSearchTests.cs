using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Whoever set the old loop up may have called its task anything: it is found by what it runs.</summary>
public sealed class OldTaskSearchTests : ScriptTest
{
    private const string Guide = "$params = @{ Class = 'MIIS_ManagementAgent' }; (Get-WmiObject @params | Where-Object { $_.Name -eq 'ADMA' }).Execute('Export')";

    [Theory]
    [InlineData("-File C:\\Scripts\\runMimSync.ps1")]
    [InlineData("-Command \"& 'C:\\Scripts\\RUNMIMSYNC.ps1'\"")]
    [InlineData("-Command \"(Get-WmiObject -Class MIIS_ManagementAgent -Namespace root\\MicrosoftIdentityIntegrationServer -Filter \\\"Name='AADMA'\\\").Execute('Full Import')\"")]
    public void By_its_command_line(string arguments)
    {
        Has("Guests hourly", "powershell.exe", arguments);

        var run = Replace();

        Assert.Equal((false, true), (world.Tasks["Guests hourly"].Enabled, world.AgentRuns));
        Assert.Contains("The task 'Guests hourly' runs MIM's run profiles: its command line names ", run.Said, StringComparison.Ordinal);
        Assert.Contains("Disabled the task 'Guests hourly'.", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("powershell.exe", "-ExecutionPolicy Bypass -File \"{0}\"", "our loop.ps1", Guide)]
    [InlineData("powershell.exe", "-Command \"& '{0}'\"", "loop.ps1", Guide)]
    [InlineData("{0}", null, "loop.cmd", "powershell -File C:\\Tools\\runMimSync.ps1")]
    [InlineData("\"{0}\"", "", "loop.vbs", "Set agent = GetObject(\"winmgmts:root\\MicrosoftIdentityIntegrationServer:MIIS_ManagementAgent.Name='adma'\") : agent.Execute \"Export\"")]
    public void By_the_script_that_it_runs(string program, string? arguments, string script, string content)
    {
        var path = Path.Combine(world.StateFolder, script);
        File.WriteAllText(path, content);
        Has("Guests hourly", string.Format(null, program, path), arguments is null ? null : string.Format(null, arguments, path));

        var run = Replace();

        Assert.False(world.Tasks["Guests hourly"].Enabled);
        Assert.Contains($"{path}, which it runs, names ", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void By_a_script_in_the_folder_in_which_it_starts_and_in_a_folder_of_tasks()
    {
        File.WriteAllText(Path.Combine(world.StateFolder, "loop.ps1"), Guide);
        world.Tasks[@"MIM\Guests"] = new StandInTask { TaskName = @"MIM\Guests", User = "MIMSyncUser", HasPassword = true, Runs = true, Actions = [("powershell.exe", "-File loop.ps1", world.StateFolder)] };

        Replace();
        Assert.Equal((false, false), (world.Tasks[@"MIM\Guests"].Enabled, world.Tasks[@"MIM\Guests"].Runs));

        setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();
        Assert.Equal((true, true), (world.Tasks[@"MIM\Guests"].Enabled, world.Tasks[@"MIM\Guests"].Runs));
    }

    [Fact]
    public void By_the_names_that_the_settings_have()
    {
        File.WriteAllText(Path.Combine(setup.First.Root, "appsettings.json"), """{ "Graph": { "TenantId": "prepared" }, "Sequences": { "Full": [ { "ManagementAgent": "G\u00e4ste", "RunProfile": "FI" } ] } }""");
        Has("Guests hourly", "powershell.exe", "-Command \"(Get-WmiObject MIIS_ManagementAgent -Filter \"Name='Gäste'\").Execute('FI')\"");

        Replace();

        Assert.False(world.Tasks["Guests hourly"].Enabled);
    }

    [Fact]
    public void The_administrator_is_asked_for_all_of_them_at_once()
    {
        setup.HasOldTask(runs: true);
        Has("Guests hourly", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1");
        var person = new Person { Answer = 0 };

        setup.Install(person: person).Succeeded();

        Assert.Contains("Disable the task 'MIM Scheduled Sync', 'Guests hourly' at the end?", Assert.Single(person.Questions), StringComparison.Ordinal);
        Assert.All(["MIM Scheduled Sync", "Guests hourly"], name => Assert.False(world.Tasks[name].Enabled));
        Assert.True(world.AgentRuns);
    }

    /// <summary>Portal's rules come through MIMMA, which somebody has to go on running.</summary>
    [Fact]
    public void One_that_names_no_agent_of_ours_stays_and_is_told()
    {
        Has("Portal", "powershell.exe", "-Command \"(Get-WmiObject MIIS_ManagementAgent -Filter \"Name='MIMMA'\").Execute('Full Import')\"");

        var run = Replace();

        Assert.Equal((true, true), (world.Tasks["Portal"].Enabled, world.AgentRuns));
        Assert.Contains("The task 'Portal' runs MIM's run profiles (its command line names MIIS_ManagementAgent, Execute), and of which management agents cannot be seen. It stays as it is.", run.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("powershell.exe", "-ExecutionPolicy Bypass -Command \"Get-CimInstance MIIS_ManagementAgent | Where-Object Name -eq ADMA\"")] // it only looks
    [InlineData("powershell.exe", "-File C:\\Scripts\\gone.ps1")]
    [InlineData("powershell.exe", "-File \\\\somewhere\\share\\loop.ps1")]
    [InlineData("cleanmgr.exe", null)]
    public void Others_are_left_alone(string program, string? arguments)
    {
        Has("Other", program, arguments);

        var run = Replace();

        Assert.Equal((true, true), (world.Tasks["Other"].Enabled, world.AgentRuns));
        Assert.DoesNotContain("The task 'Other'", run.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_Windows_own_and_those_that_are_disabled()
    {
        world.Tasks[@"Microsoft\Loop"] = new StandInTask { TaskName = @"Microsoft\Loop", Actions = [("powershell.exe", "-File runMimSync.ps1", null)] };
        Has("Guests hourly", "powershell.exe", "-File runMimSync.ps1");
        world.Tasks["Guests hourly"].Enabled = false;

        Replace();
        setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Equal((true, false), (world.Tasks[@"Microsoft\Loop"].Enabled, world.Tasks["Guests hourly"].Enabled));
    }

    /// <summary>As an installation of before noted it.</summary>
    [Fact]
    public void Uninstalling_what_an_earlier_version_installed_brings_the_guide_s_task_back()
    {
        setup.HasOldTask(runs: true);
        Replace();
        var note = Path.Combine(world.ProgramFolder, "install.json");
        var text = File.ReadAllText(note);
        File.WriteAllText(note, System.Text.RegularExpressions.Regex.Replace(text, "\"OldTasks\": \\[[^]]*\\]", "\"OldTaskDisabled\": true"));
        Assert.NotEqual(text, File.ReadAllText(note));

        setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Equal((true, true), (world.Tasks["MIM Scheduled Sync"].Enabled, world.Tasks["MIM Scheduled Sync"].Runs));
    }

    [Fact]
    public void One_that_was_deleted_meanwhile_is_told_and_the_rest_is_removed()
    {
        setup.HasOldTask();
        Replace();
        world.Tasks.Remove("MIM Scheduled Sync");

        var run = setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Contains("The task 'MIM Scheduled Sync' of the old loop is not there any more.", run.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(world.ProgramFolder));
    }

    [Fact]
    public void One_that_does_not_start_is_told_and_the_rest_is_removed()
    {
        setup.HasOldTask();
        Replace();
        world.Before = change =>
        {
            if (change == "start task MIM Scheduled Sync") throw new InvalidOperationException("It does not start.");
        };

        var run = setup.Uninstall(new() { ["EnableOldTask"] = true }).Succeeded();

        Assert.Contains("did not start: It does not start. Start it by hand: schtasks /Run /TN \"MIM Scheduled Sync\"", run.Said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(world.ProgramFolder));
    }

    private void Has(string name, string program, string? arguments) =>
        world.Tasks[name] = new StandInTask { TaskName = name, User = "MIMSyncUser", HasPassword = true, Actions = [(program, arguments, null)] };

    private ScriptRun Replace() => setup.Install(new() { ["DisableOldTask"] = true }).Succeeded();
}
