using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Tests.Tasks;

/// <summary>The definition of the task: right by the published schema, and right by the page that it replaces.</summary>
public sealed class TaskXmlTests
{
    private static readonly XmlSchemaSet Schema = ReadSchema();

    public static TheoryData<string> Accounts => new("MIMSyncUser", @"CONTOSO\svc-mim", @"CONTOSO\svc-mim$", @".\MIMSyncUser", @"CONTOSO\O'Neill & Söhne");

    [Theory]
    [MemberData(nameof(Accounts))]
    public void It_obeys_the_schema_of_task_scheduler(string account) =>
        Assert.Empty(Defects(TaskXml.Write(new TaskDefinition { Account = account, Program = @"D:\Programs & Tools\MimHybrid\mimhybrid.exe", Delay = TimeSpan.FromHours(1.5) })));

    [Fact]
    public void The_schema_would_notice_what_is_wrong()
    {
        var task = TaskXml.Write(new TaskDefinition());
        task.Descendants(TaskXml.Namespace + "LogonType").Single().Value = "Gmsa";
        task.Descendants(TaskXml.Namespace + "Count").Single().Value = "0";
        task.Descendants(TaskXml.Namespace + "Settings").Single().Add(new XElement(TaskXml.Namespace + "UseUnifiedSchedulingEngine", true));
        Assert.Equal(3, Defects(task).Count);
    }

    /// <summary>The page that scheduled the old loop, step by step (MimHybrid.Agent/README.md#the-loop-it-replaces).</summary>
    [Theory]
    [InlineData("3 For the name type MIM Scheduled Sync (ours has a name of its own)", "RegistrationInfo/URI", @"\MIM Hybrid Agent")]
    [InlineData("4 When the computer starts", "Triggers/BootTrigger/Enabled", "true")]
    [InlineData("5 Program/Script", "Actions/Exec/Command", @"%ProgramFiles%\MimHybrid\mimhybrid.exe")]
    [InlineData("6 Add Arguments", "Actions/Exec/Arguments", "run")]
    [InlineData("8 to 10 Change User or Group: MIMSyncUser of this server", "Principals/Principal/UserId", "MIMSyncUser")]
    [InlineData("11 Run whether user is logged on or not", "Principals/Principal/LogonType", "Password")]
    [InlineData("13 Delay task for 15 minutes", "Triggers/BootTrigger/Delay", "PT15M")]
    public void Each_step_of_the_page_that_it_replaces_is_in_it(string step, string path, string expected) =>
        Assert.Equal((step, expected), (step, Value(TaskXml.Write(new TaskDefinition()), path)));

    /// <summary>What the page leaves to the defaults of Task Scheduler, which are those of a job that runs for minutes, not of an agent that runs for years.</summary>
    [Theory]
    [InlineData("Principals/Principal/RunLevel", "LeastPrivilege")]
    [InlineData("Settings/RestartOnFailure/Count", "3")]
    [InlineData("Settings/RestartOnFailure/Interval", "PT1M")]
    [InlineData("Settings/ExecutionTimeLimit", "PT0S")]
    [InlineData("Settings/MultipleInstancesPolicy", "IgnoreNew")]
    [InlineData("Settings/DisallowStartIfOnBatteries", "false")]
    [InlineData("Settings/StopIfGoingOnBatteries", "false")]
    [InlineData("Settings/RunOnlyIfIdle", "false")]
    [InlineData("Settings/IdleSettings/StopOnIdleEnd", "false")]
    [InlineData("Settings/StartWhenAvailable", "true")]
    [InlineData("Settings/AllowStartOnDemand", "true")]
    [InlineData("Settings/Enabled", "true")]
    [InlineData("Settings/Hidden", "false")]
    [InlineData("Settings/Priority", "5")]
    [InlineData("Triggers/TimeTrigger/Repetition/Interval", "PT5M")]
    [InlineData("Triggers/TimeTrigger/Repetition/StopAtDurationEnd", "false")]
    [InlineData("Actions/Exec/WorkingDirectory", @"%ProgramFiles%\MimHybrid")]
    public void What_the_page_leaves_to_defaults_is_stated(string path, string expected) =>
        Assert.Equal(expected, Value(TaskXml.Write(new TaskDefinition()), path));

    /// <summary>It must not start by itself, start anew, or stay: whoever made it may have lost power.</summary>
    [Theory]
    [InlineData("RegistrationInfo/URI", @"\MIM Hybrid Check")]
    [InlineData("Triggers", "")]
    [InlineData("Principals/Principal/UserId", "MIMSyncUser")]
    [InlineData("Principals/Principal/LogonType", "Password")]
    [InlineData("Principals/Principal/RunLevel", "LeastPrivilege")]
    [InlineData("Settings/AllowStartOnDemand", "true")]
    [InlineData("Settings/RestartOnFailure", null)]
    [InlineData("Settings/ExecutionTimeLimit", "PT5M")]
    public void One_that_checks_runs_as_the_agent_would_and_only_when_it_is_told_to(string path, string? expected)
    {
        var task = TaskXml.Write(new TaskDefinition { IsCheck = true });

        Assert.Equal(expected, Value(task, path));
        Assert.Empty(Defects(task));
    }

    [Fact]
    public void The_watchdog_has_no_end()
    {
        var watchdog = TaskXml.Write(new TaskDefinition()).Descendants(TaskXml.Namespace + "TimeTrigger").Single();
        Assert.DoesNotContain(watchdog.Descendants(), element => element.Name.LocalName is "EndBoundary" or "Duration" or "ExecutionTimeLimit");
    }

    [Fact]
    public void A_file_is_utf_16_with_a_mark_and_windows_line_ends_and_reads_back()
    {
        var file = TaskXml.ToFile(new TaskDefinition { Account = @"CONTOSO\Özlem" });
        Assert.Equal([0xFF, 0xFE], file[..2]);
        using var stream = new MemoryStream(file);
        Assert.Equal(@"CONTOSO\Özlem", Value(XDocument.Load(stream), "Principals/Principal/UserId"));
        var text = Encoding.Unicode.GetString(file[2..]);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\r\n<Task version=\"1.2\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.Replace("\r\n", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run", "run")]
    [InlineData(@"run|--data|D:\MIM Data", @"run --data ""D:\MIM Data""")]
    [InlineData(@"run|--data|D:\MIM Data\", @"run --data ""D:\MIM Data\\""")]
    [InlineData(@"run|--data|D:\Data\", @"run --data D:\Data\")]
    public void Words_with_spaces_are_quoted(string words, string expected) => Assert.Equal(expected, TaskDefinition.CommandLine(words.Split('|')));

    private static string? Value(XDocument task, string path) => RegisteredTask.Text(task.Root, path.Split('/'));

    private static List<string> Defects(XDocument task)
    {
        var defects = new List<string>();
        new XDocument(task).Validate(Schema, (_, defect) => defects.Add(defect.Message));
        return defects;
    }

    private static XmlSchemaSet ReadSchema()
    {
        var schemas = new XmlSchemaSet();
        using var reader = XmlReader.Create(typeof(TaskXmlTests).Assembly.GetManifestResourceStream("task-1.2.xsd")!);
        schemas.Add(null, reader);
        schemas.Compile();
        return schemas;
    }
}
