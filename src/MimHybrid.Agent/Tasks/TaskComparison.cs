using System.Xml.Linq;

namespace MimHybrid.Agent.Tasks;

/// <summary>Compares the registered task with the one we would make, setting by setting. Pure: who asks Windows is another.</summary>
internal static class TaskComparison
{
    /// <summary>The setting that the installation switches off until its end.</summary>
    public const string Enabled = "Enabled";

    /// <param name="registered">As Task Scheduler gives it back.</param>
    /// <param name="expected">What this program would register.</param>
    /// <param name="nameOf">The account behind a security id, <c>DOMAIN\user</c>; null when nobody knows it.</param>
    public static IReadOnlyList<TaskDifference> Compare(RegisteredTask registered, TaskDefinition expected, Func<string, string?> nameOf) =>
    [
        .. Identity(registered, expected, nameOf),
        .. Triggers(registered.Triggers, expected),
        .. Action(registered.Programs, expected),
        .. Flags(registered),
        .. Limits(registered),
    ];

    /// <summary>
    /// Local accounts go by a plain name, by a dot, and by the computer's name; which of two domains is meant is compared where both say
    /// it.
    /// </summary>
    public static bool IsSameAccount(string one, string other)
    {
        var (domain, user) = Split(one);
        var (otherDomain, otherUser) = Split(other);
        return user.Equals(otherUser, StringComparison.OrdinalIgnoreCase)
            && (domain.Length == 0 || otherDomain.Length == 0 || domain.Equals(otherDomain, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<TaskDifference> Identity(RegisteredTask registered, TaskDefinition expected, Func<string, string?> nameOf)
    {
        if (!registered.IsEnabled)
            yield return new(Enabled, "false", "true", $"the agent is not started. schtasks /Change /TN \"{TaskDefinition.Name}\" /ENABLE");
        var account = registered.AccountName(nameOf);
        if (!IsSameAccount(account, expected.Account))
            yield return new("Account", account.Length == 0 ? "missing" : account, expected.Account,
                "MIM and the data folder know another account. If that one is meant, give it as --account");
        if (registered.LogonType is not ("Password" or "InteractiveTokenOrPassword"))
            yield return new(
                "Run whether user is logged on or not", $"off ({registered.LogonType})", "on (Password)",
                registered.LogonType == "S4U"
                    ? "\"Do not store password\" gives no access to the network"
                    : "the agent ends when the account signs out, and does not start after a restart of the server");
        if (registered.RunLevel != "LeastPrivilege")
            yield return new(
                "Run with highest privileges", registered.RunLevel, "LeastPrivilege", "the agent needs no administrator's rights");
    }

    private static IEnumerable<TaskDifference> Triggers(IReadOnlyList<XElement> triggers, TaskDefinition expected)
    {
        var boot = triggers.FirstOrDefault(trigger => trigger.Name.LocalName == "BootTrigger");
        if (boot is null)
            yield return new("Trigger At startup", "missing or disabled", "there", "the agent does not start with the server");
        else if (RegisteredTask.Duration(RegisteredTask.Text(boot, "Delay") ?? "PT0S") is var delay && delay != expected.Delay)
            yield return new("Trigger At startup, delay", Words(delay), $"{expected.Delay:c}",
                "MIM and its database may not be up when the agent starts");

        var watchdog = triggers.FirstOrDefault(trigger => trigger != boot && trigger.Name.LocalName is "TimeTrigger" or "CalendarTrigger"
            && RegisteredTask.Text(trigger, "Repetition", "Interval") is not null);
        if (watchdog is null || !IsEndless(watchdog))
            yield return new(
                "Watchdog trigger", watchdog is null
                    ? "missing or disabled"
                    : Repetition(watchdog), $"every {TaskDefinition.WatchdogInterval:c} for ever",
                "an agent that ended by a fault stays away for long, or until the server starts again");
        foreach (var trigger in triggers.Where(trigger => trigger != boot && trigger != watchdog))
            yield return new("Triggers", $"a further {trigger.Name.LocalName}", "two, At startup and the watchdog",
                "harmless as long as no second instance is allowed");
    }

    /// <summary>A repetition that is short enough and has no end.</summary>
    private static bool IsEndless(XElement trigger) =>
        RegisteredTask.Text(trigger, "EndBoundary") is null
        && RegisteredTask.Text(trigger, "Repetition", "Duration") is null or ""
        && RegisteredTask.Duration(RegisteredTask.Text(trigger, "Repetition", "Interval")) is { } interval
            && interval <= TaskDefinition.WatchdogInterval;

    private static string Repetition(XElement trigger)
    {
        var end = RegisteredTask.Duration(RegisteredTask.Text(trigger, "Repetition", "Duration")) is { } duration
            ? $" for {duration:c}"
            : RegisteredTask.Text(trigger, "EndBoundary") is { } until
            ? $" until {until}"
            : "";
        return $"every {Words(RegisteredTask.Duration(RegisteredTask.Text(trigger, "Repetition", "Interval")))}{end}";
    }

    private static IEnumerable<TaskDifference> Action(IReadOnlyList<XElement> programs, TaskDefinition expected)
    {
        if (programs is not [{ Name.LocalName: "Exec" } program])
        {
            yield return new("Actions", $"{programs.Count} actions", "one program", "only the agent belongs in this task");
            yield break;
        }

        var command = RegisteredTask.Text(program, "Command")?.Trim('"') ?? "";
        if (!IsSamePath(command, expected.Program))
            yield return new("Program", command, expected.Program, "another program, or another copy of it, is started");
        if (RegisteredTask.Text(program, "Arguments") is var arguments && (arguments ?? "") != expected.Arguments)
            yield return new(
                "Arguments", arguments is null or "" ? "missing" : arguments, expected.Arguments, "the agent runs with other switches");
        if (RegisteredTask.Text(program, "WorkingDirectory")?.Trim('"') is var folder
            && !IsSamePath(folder ?? "", expected.WorkingDirectory))
            yield return new("Start in", folder is null or "" ? "missing" : folder, expected.WorkingDirectory,
                "relative paths in the settings lead elsewhere");
    }

    private static IEnumerable<TaskDifference> Flags(RegisteredTask registered)
    {
        (string Setting, string Title, bool Expected, bool WhenAbsent, string Consequence)[] flags =
        [
            ("DisallowStartIfOnBatteries", "Start only on AC power", false, true, "a server on its UPS would not start the agent"),
            ("StopIfGoingOnBatteries", "Stop on battery power", false, true,
                "a server on its UPS would end the agent in the middle of a step"),
            ("StartWhenAvailable", "Run as soon as possible after a missed start", true, false, "a missed start is not made up for"),
            ("RunOnlyIfIdle", "Start only when idle", false, false, "a busy server would never start the agent"),
            ("RunOnlyIfNetworkAvailable", "Start only with a network connection", false, false,
                "the agent can wait for the network by itself"),
            ("AllowStartOnDemand", "Allow the task to be run on demand", true, true, "nobody could start the agent by hand"),
            ("Hidden", "Hidden", false, false, "administrators do not see the task"),
        ];
        foreach (var (setting, title, expected, whenAbsent, consequence) in flags)
            if (registered.Flag(setting, whenAbsent) != expected)
                yield return new(title, Words(!expected), Words(expected), consequence);
        if (registered.Setting("true", "IdleSettings", "StopOnIdleEnd") is "true" or "1" && registered.Flag("RunOnlyIfIdle", false))
            yield return new("Stop when no longer idle", "on", "off", "the agent ends as soon as the server works");
    }

    private static IEnumerable<TaskDifference> Limits(RegisteredTask registered)
    {
        if (RegisteredTask.Duration(registered.Setting("PT72H", "ExecutionTimeLimit")) is var limit && limit != TimeSpan.Zero)
            yield return new("Stop the task if it runs longer than", Words(limit), "no limit (PT0S)",
                "Task Scheduler ends the agent then, in the middle of a step");
        if (registered.Setting("IgnoreNew", "MultipleInstancesPolicy") is var policy && policy != "IgnoreNew")
            yield return new(
                "If the task is already running", policy, "IgnoreNew (do not start a new instance)",
                policy == "StopExisting"
                    ? "the watchdog would end the agent every few minutes"
                    : "starts pile up behind the agent that runs");
        var (count, interval) = (registered.Setting("0", "RestartOnFailure", "Count"),
            RegisteredTask.Duration(registered.Setting("", "RestartOnFailure", "Interval")));
        if (count != "3" || interval != TimeSpan.FromMinutes(1))
            yield return new("If the task fails, restart", count == "0" ? "off" : $"{count} times, every {Words(interval)}",
                "3 times, every 00:01:00", "a start that failed is tried again late");
        if (registered.Setting("7", "Priority") is var priority && priority is not ("4" or "5" or "6"))
            yield return new("Priority", priority, "5 (normal)", "the agent waits for the disk behind everything else");
    }

    private static (string Domain, string User) Split(string account) => account.Split('\\') is [var domain, var user]
        ? (domain == "." ? "" : domain, user)
        : ("", account);

    private static bool IsSamePath(string one, string other) =>
        Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string path) => Environment.ExpandEnvironmentVariables(path).TrimEnd('\\', '/');

    private static string Words(TimeSpan? duration) => duration is { } known ? $"{known:c}" : "unreadable";

    private static string Words(bool flag) => flag ? "on" : "off";
}
