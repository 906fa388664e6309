using System.Xml;
using System.Xml.Linq;

namespace MimHybrid.Agent.Tasks;

/// <summary>
/// A task as Task Scheduler gives it back. What is left out there has the schema's default, not ours (README.md#the-tasks-definition).
/// </summary>
internal sealed class RegisteredTask
{
    private readonly XElement task;

    private RegisteredTask(XElement task) => this.task = task;

    public bool IsEnabled => Flag("Enabled", whenAbsent: true);

    public string Account => Text("Principals", "Principal", "UserId") ?? "";

    /// <summary>The account by its name, where it is stored by its security id, as newer versions of Windows do.</summary>
    /// <param name="nameOf">The account behind a security id, <c>DOMAIN\user</c>; null when nobody knows it.</param>
    public string AccountName(Func<string, string?> nameOf) =>
        Account.StartsWith("S-1-", StringComparison.OrdinalIgnoreCase) ? nameOf(Account) ?? Account : Account;

    /// <summary>Without one, the task runs in the session of somebody who is signed in.</summary>
    public string LogonType => Text("Principals", "Principal", "LogonType") ?? "InteractiveToken";

    public string RunLevel => Text("Principals", "Principal", "RunLevel") ?? "LeastPrivilege";

    public IReadOnlyList<XElement> Triggers =>
        [.. Section("Triggers").Elements().Where(trigger => Text(trigger, "Enabled") is not { } enabled || IsTrue(enabled))];

    public IReadOnlyList<XElement> Programs => [.. Section("Actions").Elements()];

    private XElement? Program => Programs is [var first, ..] ? first : null;

    /// <summary>The delay of the trigger At startup; zero without one.</summary>
    public TimeSpan Delay =>
        Triggers.FirstOrDefault(trigger => trigger.Name.LocalName == "BootTrigger") is { } boot
            ? Duration(Text(boot, "Delay")) ?? TimeSpan.Zero
            : TimeSpan.Zero;

    /// <summary>
    /// What we would register where somebody chose account, delay, program and switches as they are here: choices are no mistakes.
    /// </summary>
    public TaskDefinition AsChosen(string account) => new()
    {
        Account = account,
        Delay = Delay > TimeSpan.Zero ? Delay : TaskDefinition.DefaultDelay,
        Program = Text(Program, "Command")?.Trim('"') is { Length: > 0 } program ? program : TaskDefinition.DefaultProgram,
        Arguments = Text(Program, "Arguments") is { Length: > 0 } arguments ? arguments : "run",
    };

    /// <exception cref="FormatException">It is no task.</exception>
    public static RegisteredTask Parse(string xml)
    {
        try
        {
            // schtasks writes the declaration after an empty line at times, and in bytes that it does not name rightly.
            var root = XDocument.Parse(xml.Trim().TrimStart('\uFEFF')).Root!;
            return root.Name == TaskXml.Namespace + "Task"
                ? new RegisteredTask(root)
                : throw new FormatException("The text is no task of Task Scheduler.");
        }
        catch (XmlException e)
        {
            throw new FormatException($"The text is no task of Task Scheduler: {e.Message}", e);
        }
    }

    public bool Flag(string setting, bool whenAbsent) => Text("Settings", setting) is { } text ? IsTrue(text) : whenAbsent;

    public string Setting(string whenAbsent, params string[] path) => Text(["Settings", .. path]) ?? whenAbsent;

    /// <summary>A duration as XML writes it; null when it is none.</summary>
    public static TimeSpan? Duration(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public static string? Text(XElement? parent, params string[] path)
    {
        foreach (var name in path) parent = parent?.Element(TaskXml.Namespace + name);
        return parent?.Value.Trim();
    }

    private string? Text(params string[] path) => Text(task, path);

    private XElement Section(string name) => task.Element(TaskXml.Namespace + name) ?? new XElement(TaskXml.Namespace + name);

    private static bool IsTrue(string text) => text is "true" or "1";
}
