using System.Text;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Tests.Tasks;

/// <summary>What people change in the properties of a task, and what versions of Windows make of it.</summary>
public sealed class TaskComparisonTests
{
    [Fact]
    public void Our_own_definition_has_no_differences()
    {
        var task = new TaskDefinition { Account = @"CONTOSO\svc-mim$", Delay = TimeSpan.FromMinutes(20), Program = @"D:\Mim Hybrid\mimhybrid.exe", Arguments = @"run --data ""D:\Mim Data""" };
        Assert.Empty(Compare(TaskXml.ToText(task), task));
        Assert.Empty(Compare(Encoding.Unicode.GetString(TaskXml.ToFile(task)), task));
    }

    [Fact]
    public void Neither_has_what_windows_makes_of_it() => Assert.Empty(Compare(Exports.Ours));

    [Theory]
    [InlineData("<Delay>PT900S</Delay>", "", "Trigger At startup, delay", "00:00:00")]
    [InlineData("<BootTrigger id=\"AtStartup\">", "<BootTrigger id=\"AtStartup\"><Enabled>false</Enabled>", "Trigger At startup", "missing or disabled")]
    [InlineData("<Interval>PT5M</Interval>", "<Interval>PT5M</Interval><Duration>P1D</Duration>", "Watchdog trigger", "every 00:05:00 for 1.00:00:00")]
    [InlineData("<Interval>PT5M</Interval>", "<Interval>PT1H</Interval>", "Watchdog trigger", "every 01:00:00")]
    [InlineData("<StartBoundary>", "<EndBoundary>2027-01-01T00:00:00</EndBoundary><StartBoundary>", "Watchdog trigger", "every 00:05:00 until 2027-01-01T00:00:00")]
    [InlineData("<TimeTrigger id=\"Watchdog\">", "<TimeTrigger id=\"Watchdog\"><Enabled>false</Enabled>", "Watchdog trigger", "missing or disabled")]
    [InlineData("<LogonType>Password</LogonType>", "<LogonType>InteractiveToken</LogonType>", "Run whether user is logged on or not", "off (InteractiveToken)")]
    [InlineData("<LogonType>Password</LogonType>", "<LogonType>S4U</LogonType>", "Run whether user is logged on or not", "off (S4U)")]
    [InlineData("<LogonType>Password</LogonType>", "", "Run whether user is logged on or not", "off (InteractiveToken)")]
    [InlineData("<LogonType>Password</LogonType>", "<LogonType>Password</LogonType><RunLevel>HighestAvailable</RunLevel>", "Run with highest privileges", "HighestAvailable")]
    [InlineData("<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>", "<ExecutionTimeLimit>PT72H</ExecutionTimeLimit>", "Stop the task if it runs longer than", "3.00:00:00")]
    [InlineData("<ExecutionTimeLimit>PT0S</ExecutionTimeLimit>", "", "Stop the task if it runs longer than", "3.00:00:00")]
    [InlineData("<MultipleInstancesPolicy>IgnoreNew", "<MultipleInstancesPolicy>StopExisting", "If the task is already running", "StopExisting")]
    [InlineData("<StartWhenAvailable>true</StartWhenAvailable>", "", "Run as soon as possible after a missed start", "off")]
    [InlineData("<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>", "", "Start only on AC power", "on")]
    [InlineData("<StopIfGoingOnBatteries>false", "<StopIfGoingOnBatteries>true", "Stop on battery power", "on")]
    [InlineData("<StartWhenAvailable>true", "<RunOnlyIfIdle>true</RunOnlyIfIdle><StartWhenAvailable>true", "Start only when idle", "on")]
    [InlineData("<StartWhenAvailable>true", "<Enabled>false</Enabled><StartWhenAvailable>true", "Enabled", "false")]
    [InlineData("<Count>3</Count>", "<Count>1</Count>", "If the task fails, restart", "1 times, every 00:01:00")]
    [InlineData("<Priority>5</Priority>", "", "Priority", "7")]
    [InlineData("<Arguments>run</Arguments>", "<Arguments>run --once</Arguments>", "Arguments", "run --once")]
    [InlineData(@"<WorkingDirectory>%ProgramFiles%\MimHybrid\</WorkingDirectory>", "", "Start in", "missing")]
    [InlineData(@"%ProgramFiles%\MimHybrid\mimhybrid.exe""</Command>", @"C:\Old\mimhybrid.exe""</Command>", "Program", @"C:\Old\mimhybrid.exe")]
    [InlineData("<UserId>" + Exports.Sid, @"<UserId>SERVER\Administrator", "Account", @"SERVER\Administrator")]
    [InlineData("<UserId>" + Exports.Sid, "<UserId>S-1-5-18", "Account", "S-1-5-18")]
    public void Each_edit_is_named_with_what_is_there(string before, string after, string setting, string registered)
    {
        var difference = Assert.Single(Compare(Exports.Edited(before, after)));
        Assert.Equal((setting, registered), (difference.Setting, difference.Registered));
        Assert.NotEmpty(difference.Consequence);
        Assert.NotEqual(difference.Registered, difference.Expected);
    }

    [Fact]
    public void A_further_trigger_and_a_further_action_are_named()
    {
        Assert.Equal("Triggers", Assert.Single(Compare(Exports.Edited("</Triggers>", "<LogonTrigger><UserId>ada</UserId></LogonTrigger></Triggers>"))).Setting);
        Assert.Equal("Actions", Assert.Single(Compare(Exports.Edited("</Exec>", "</Exec><Exec><Command>cmd.exe</Command></Exec>"))).Setting);
    }

    [Fact]
    public void The_task_of_the_old_loop_differs_in_all_that_its_page_does_not_mention() => Assert.Equal(
        [
            "Watchdog trigger", "Program", "Arguments", "Start in", "Start only on AC power", "Stop on battery power", "Run as soon as possible after a missed start",
            "Stop the task if it runs longer than", "If the task fails, restart", "Priority",
        ],
        Compare(Exports.OldLoop).Select(difference => difference.Setting));

    [Theory]
    [InlineData("MIMSyncUser", @"SERVER\mimsyncuser", true)]
    [InlineData(@".\MIMSyncUser", @"SERVER\MIMSyncUser", true)]
    [InlineData(@"CONTOSO\svc", @"contoso\SVC", true)]
    [InlineData(@"CONTOSO\svc", @"FABRIKAM\svc", false)]
    [InlineData(@"CONTOSO\svc", @"CONTOSO\svc$", false)]
    public void Accounts_are_compared_as_people_write_them(string one, string other, bool same) => Assert.Equal(same, TaskComparison.IsSameAccount(one, other));

    [Theory]
    [InlineData("")]
    [InlineData("ERROR: The system cannot find the file specified.")]
    [InlineData("<Task version=\"1.2\" />")]
    public void What_is_no_task_is_told(string text) => Assert.Throws<FormatException>(() => RegisteredTask.Parse(text));

    private static IReadOnlyList<TaskDifference> Compare(string xml, TaskDefinition? expected = null) =>
        TaskComparison.Compare(RegisteredTask.Parse(xml), expected ?? new TaskDefinition(), Exports.NameOf);
}
