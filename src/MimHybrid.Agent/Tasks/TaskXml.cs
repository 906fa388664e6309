using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MimHybrid.Agent.Tasks;

/// <summary>
/// The task as Task Scheduler reads it: schema 1.2, which Windows Server 2008 and all later ones know (README.md#the-tasks-definition).
/// Elements of a trigger are in the order of the published schema.
/// </summary>
internal static class TaskXml
{
    public static readonly XNamespace Namespace = "http://schemas.microsoft.com/windows/2004/02/mit/task";

    private const string Principal = "Author";
    private const string RunsAgent = "Runs MIM's AADMA and ADMA when a guest changed in Microsoft Entra. Looked after by: mimhybrid check.";
    private const string ChecksOnce = "Checks once what the account of MimHybrid may do. Made, "
        + "started and removed by: Install-MimHybrid.ps1.";

    /// <summary>Any moment in the past: the watchdog's intervals are counted from it, also right after the task was made.</summary>
    private const string LongAgo = "2020-01-01T00:00:00";

    public static XDocument Write(TaskDefinition task) => new(
        new XDeclaration("1.0", "UTF-16", null),
        Element(
            "Task",
            new XAttribute("version", "1.2"),
            Element(
                "RegistrationInfo",
                Element("Author", "MimHybrid"),
                Element("Description", task.IsCheck ? ChecksOnce : RunsAgent),
                Element("URI", $@"\{task.Title}")),
            Element("Triggers", task.IsCheck ? [] : [AtStartup(task), Watchdog()]),
            Element("Principals", RunsAs(task)),
            Settings(task),
            Element(
                "Actions",
                new XAttribute("Context", Principal),
                Element(
                    "Exec",
                    Element("Command", task.Program),
                    Element("Arguments", task.Arguments),
                    Element("WorkingDirectory", task.WorkingDirectory)))));

    /// <summary>For a person or a pipe; the encoding that the text names is that of the file.</summary>
    public static string ToText(TaskDefinition task) => $"{Write(task).Declaration}{Environment.NewLine}{Write(task)}";

    /// <summary>For schtasks and for the import of Task Scheduler, which want UTF-16 with a byte order mark.</summary>
    public static byte[] ToFile(TaskDefinition task) =>
        [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(ToText(task).ReplaceLineEndings("\r\n"))];

    private static XElement AtStartup(TaskDefinition task) => Element(
        "BootTrigger",
        new XAttribute("id", "AtStartup"),
        Element("Enabled", true),
        Element("Delay", XmlConvert.ToString(task.Delay)));

    private static XElement Watchdog() => Element(
        "TimeTrigger",
        new XAttribute("id", "Watchdog"),
        Element("Enabled", true),
        Element("StartBoundary", LongAgo),
        Element(
            "Repetition",
            Element("Interval", XmlConvert.ToString(TaskDefinition.WatchdogInterval)), // without a Duration: for ever
            Element("StopAtDurationEnd", false)));

    /// <summary>
    /// A gMSA signs in "with a password", too: the one that Windows fetches (README.md#the-tasks-definition).
    /// </summary>
    private static XElement RunsAs(TaskDefinition task) => Element(
        "Principal",
        new XAttribute("id", Principal),
        Element("UserId", task.Account),
        Element("LogonType", "Password"),
        Element("RunLevel", "LeastPrivilege"));

    private static XElement Settings(TaskDefinition task) => Element(
        "Settings",
        Element("AllowStartOnDemand", true),
        task.IsCheck ? [] : new[] { Element("RestartOnFailure", Element("Interval", "PT1M"), Element("Count", 3)) },
        Element("MultipleInstancesPolicy", "IgnoreNew"),
        Element("DisallowStartIfOnBatteries", false),
        Element("StopIfGoingOnBatteries", false),
        Element("AllowHardTerminate", true),
        Element("StartWhenAvailable", true),
        Element("RunOnlyIfNetworkAvailable", false),
        Element("WakeToRun", false),
        Element("Enabled", true),
        Element("Hidden", false),
        Element("IdleSettings", Element("StopOnIdleEnd", false), Element("RestartOnIdle", false)),
        Element("ExecutionTimeLimit", task.IsCheck ? "PT5M" : "PT0S"), // the default, three days, would end the agent
        Element("Priority", 5), // normal; the default, 7, is below normal, for disk and memory too
        Element("RunOnlyIfIdle", false));

    private static XElement Element(string name, params object[] content) => new(Namespace + name, content);
}
