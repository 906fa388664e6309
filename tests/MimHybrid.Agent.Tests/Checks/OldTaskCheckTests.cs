using System.Text;
using System.Xml.Linq;
using MimHybrid.Agent.Checks;
using MimHybrid.Agent.Tasks;
using MimHybrid.Agent.Tests.Tasks;

namespace MimHybrid.Agent.Tests.Checks;

/// <summary>Whoever set the old loop up may have called its task anything: it is found by what it runs, as the installation finds it.</summary>
public sealed class OldTaskCheckTests : IDisposable
{
    private const string Guide = "$params = @{ Class = 'MIIS_ManagementAgent' }; (Get-WmiObject @params | Where-Object { $_.Name -eq 'ADMA' }).Execute('Export')";

    private readonly string folder = Directory.CreateTempSubdirectory("mimhybrid-tasks-").FullName;

    /// <summary>Our task, registered for whoever runs these tests.</summary>
    private static string Mine => Exports.Edited("<UserId>" + Exports.Sid, "<UserId>" + CurrentAccount.Name);

    private string Store => Path.Combine(folder, "Tasks");

    [Fact]
    public void The_old_task_is_a_warning_while_it_is_enabled()
    {
        var disabled = Exports.OldLoop.Replace("<Enabled>true</Enabled>\n    <Hidden>", "<Enabled>false</Enabled>\n    <Hidden>", StringComparison.Ordinal);
        Assert.NotEqual(Exports.OldLoop, disabled);
        Assert.Equal(FindingState.Warning, Judge(new ServerFacts { OldTaskXml = Exports.OldLoop }).State);
        Assert.Contains("/DISABLE", Judge(new ServerFacts { OldTaskXml = Exports.OldLoop }).Todo!, StringComparison.Ordinal);
        Assert.Equal(FindingState.Ok, Judge(new ServerFacts { OldTaskXml = disabled }).State);
        Assert.Equal(FindingState.Ok, Judge(new ServerFacts()).State);
        Assert.Equal(FindingState.Warning, Judge(new ServerFacts { OldTaskXml = "?" }).State);
    }

    /// <summary>Somebody closed the window of the installation between the end of the old loop and the start of the agent.</summary>
    [Fact]
    public void That_neither_the_old_loop_nor_the_agent_starts_is_a_warning()
    {
        var disabled = Exports.OldLoop.Replace("<Enabled>true</Enabled>\n    <Hidden>", "<Enabled>false</Enabled>\n    <Hidden>", StringComparison.Ordinal);
        var facts = new ServerFacts { OldTaskXml = disabled, TaskXml = disabled, Work = ScriptWork.CutOff };

        var finding = Judge(facts);

        Assert.Equal(FindingState.Warning, finding.State);
        Assert.Contains("no loop runs MIM's profiles", finding.Saw, StringComparison.Ordinal);
        Assert.Contains("Install-MimHybrid.ps1", finding.Todo!, StringComparison.Ordinal);
        Assert.Equal(FindingState.Ok, Judge(facts with { Work = ScriptWork.AtWork }).State);
        Assert.Equal(FindingState.Ok, Judge(facts with { TaskXml = Mine }).State);
        Assert.Equal(FindingState.Warning, Judge(facts with { TaskXml = null, Service = new("me", IsAutomatic: false, IsDelayed: true, IsRestarted: true) }).State);
        Assert.Equal(FindingState.Ok, Judge(facts with { Service = new("me", IsAutomatic: true, IsDelayed: true, IsRestarted: true) }).State);
    }

    [Theory]
    [InlineData("-File C:\\Scripts\\runMimSync.ps1", "runMimSync")]
    [InlineData("-Command \"& 'C:\\Scripts\\RUNMIMSYNC.ps1'\"", "RUNMIMSYNC")]
    [InlineData("-Command \"(Get-WmiObject -Class MIIS_ManagementAgent -Filter \\\"Name='aadma'\\\").Execute('Full Import')\"", "MIIS_ManagementAgent, Execute, AADMA")]
    public void By_its_command_line(string arguments, string names)
    {
        Has("Guests hourly", "powershell.exe", arguments);

        Assert.Equal(
            ($"'Guests hourly' is enabled, and runs MIM's run profiles beside the agent: its command line names {names}", "schtasks /Change /TN \"Guests hourly\" /DISABLE, and end it"),
            Said(Look()));
    }

    [Theory]
    [InlineData("powershell.exe", "-ExecutionPolicy Bypass -File \"{0}\"", "our loop.ps1", Guide)]
    [InlineData("powershell.exe", "-Command \"& '{0}'\"", "loop.ps1", Guide)]
    [InlineData("{0}", "", "loop.cmd", "powershell -File C:\\Tools\\runMimSync.ps1")]
    [InlineData("\"{0}\"", "", "loop.vbs", "Set agent = GetObject(\"winmgmts:MIIS_ManagementAgent.Name='adma'\") : agent.Execute \"Export\"")]
    public void By_the_script_that_it_runs(string program, string arguments, string script, string content)
    {
        var path = Write(script, content);
        Has("Guests hourly", string.Format(null, program, path), string.Format(null, arguments, path));

        Assert.Contains($": {path}, which it runs, names ", Said(Look()).Saw, StringComparison.Ordinal);
    }

    [Fact]
    public void By_a_script_in_the_folder_in_which_it_starts_and_in_a_folder_of_tasks()
    {
        Write("loop.ps1", Guide);
        Has(Path.Combine("MIM", "Guests"), "powershell.exe", "-File loop.ps1", folder);

        Assert.Equal("schtasks /Change /TN \"MIM\\Guests\" /DISABLE, and end it", Said(Look()).Todo);
    }

    [Fact]
    public void A_management_agent_of_the_settings_is_ours_and_of_another_nobody_knows()
    {
        Has("Guests hourly", "powershell.exe", "-Command \"(Get-WmiObject MIIS_ManagementAgent -Filter \\\"Name='Contoso AAD'\\\").Execute('Full Import')\"");

        Assert.Contains("beside the agent", Said(Look("Contoso AAD")).Saw, StringComparison.Ordinal);
        var unknown = Said(Look());
        Assert.Contains("of which management agents cannot be seen", unknown.Saw, StringComparison.Ordinal);
        Assert.StartsWith("if the agent is to run them: schtasks", unknown.Todo, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Backup", "robocopy.exe", "C:\\MIM D:\\MIM")]
    [InlineData("Report", "powershell.exe", "-Command \"Get-WmiObject MIIS_ManagementAgent | Export-Csv agents.csv\"")]
    [InlineData("Far", "powershell.exe", "-File \\\\server\\share\\loop.ps1")]
    [InlineData("Microsoft/Windows/Loop", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1")]
    [InlineData("MIM Hybrid Agent", "C:\\runMimSync\\mimhybrid.exe", "run")]
    public void What_runs_no_profiles_what_lies_elsewhere_Windows_own_and_ours_are_none(string task, string program, string arguments)
    {
        Has(task, program, arguments);

        Assert.Equal((FindingState.Ok, "no task runs MIM's run profiles beside the agent"), Assert.Single(Look()) is var finding ? (finding.State, finding.Saw) : default);
    }

    [Fact]
    public void A_task_that_is_disabled_or_no_task_at_all_is_none()
    {
        Has("Guests hourly", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1", enabled: false);
        File.WriteAllText(Path.Combine(Store, "Torn"), "<Task");

        Assert.Equal(FindingState.Ok, Assert.Single(Look()).State);
    }

    [Fact]
    public void Each_such_task_has_a_line_and_the_one_with_the_old_name_too()
    {
        Has("One", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1");
        Has("Two", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1");
        Has("MIM Scheduled Sync", "powershell.exe", "-File C:\\Scripts\\runMimSync.ps1");

        var findings = new OldTaskCheck().Judge(new ServerFacts { OldTaskXml = Exports.OldLoop, Tasks = TaskFolder.Read(Store) }, []);

        Assert.Equal(["'MIM Scheduled Sync'", "'One'", "'Two'"], findings.Select(finding => finding.Saw.Split(" is enabled")[0]));
    }

    /// <summary>The agent's account may as a rule not see others' tasks: it must not say that there are none.</summary>
    [Fact]
    public void Whoever_may_not_see_all_tasks_says_so()
    {
        var finding = Assert.Single(new OldTaskCheck().Judge(new ServerFacts { Tasks = TaskFolder.Read(Path.Combine(folder, "not there")) }, []));

        Assert.Equal((FindingState.Ok, "there is no 'MIM Scheduled Sync'; what tasks of other names run, only an administrator sees"), (finding.State, finding.Saw));
    }

    /// <summary>A link that leads to itself is a file that nobody may read, not even root.</summary>
    [Fact]
    public void One_task_that_may_not_be_read_is_not_taken_for_none()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file that nobody may read, not even root.");
        Has(Path.Combine("MIM", "Backup"), "robocopy.exe", "C:\\MIM D:\\MIM");
        File.CreateSymbolicLink(Path.Combine(Store, "MIM", "Closed"), Path.Combine(Store, "MIM", "Closed"));

        var seen = TaskFolder.Read(Store);

        Assert.Equal((@"MIM\Backup", false), (Assert.Single(seen.Tasks).Name, seen.AreAll));
        Assert.EndsWith("only an administrator sees", Assert.Single(Look()).Saw, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Finding Judge(ServerFacts server) => Assert.Single(new OldTaskCheck().Judge(server, []));

    private static (string Saw, string? Todo) Said(IReadOnlyList<Finding> findings)
    {
        var finding = Assert.Single(findings);
        Assert.Equal(FindingState.Warning, finding.State);
        return (finding.Saw, finding.Todo);
    }

    private IReadOnlyList<Finding> Look(params string[] agents) => new OldTaskCheck().Judge(new ServerFacts { Tasks = TaskFolder.Read(Store) }, agents);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>As Task Scheduler keeps it: in UTF-16, at its path.</summary>
    private void Has(string task, string program, string arguments, string? startsIn = null, bool enabled = true)
    {
        var action = new XElement(TaskXml.Namespace + "Exec", new XElement(TaskXml.Namespace + "Command", program),
            new XElement(TaskXml.Namespace + "Arguments", arguments), startsIn is null ? null : new XElement(TaskXml.Namespace + "WorkingDirectory", startsIn));
        var xml = XDocument.Parse(Exports.OldLoop);
        xml.Descendants(TaskXml.Namespace + "Exec").Single().ReplaceWith(action);
        xml.Descendants(TaskXml.Namespace + "Settings").Single().Element(TaskXml.Namespace + "Enabled")!.Value = enabled ? "true" : "false";
        var path = Path.Combine(Store, task);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n{xml}", Encoding.Unicode);
    }
}
