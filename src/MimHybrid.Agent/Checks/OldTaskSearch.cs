using System.Text.RegularExpressions;
using System.Xml.Linq;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>A task that runs MIM's run profiles.</summary>
/// <param name="Name">Its path in Task Scheduler.</param>
/// <param name="Why">What it was found by, for people.</param>
/// <param name="IsOurs">Whether it names a management agent that the agent is to run.</param>
internal sealed record OldTask(string Name, string Why, bool IsOurs);

/// <summary>
/// Which tasks are an old loop: found by what they run, since whoever set one up may have called it anything. The rule is that of the
/// installation (scripts/README.md#from-the-old-loop; scripts/MimHybrid/OldTaskSearch.ps1). What a task names is only read, and never a
/// file of another computer: to ask that would sign whoever checks in there.
/// </summary>
internal static partial class OldTaskSearch
{
    private const int LargestScript = 1 << 20;

    private const string Ending = @"\.(ps1|cmd|bat|vbs)";

    /// <summary>The enabled ones among them, but for the task that has the old loop's own name, and the agent's.</summary>
    /// <param name="tasks">What is registered.</param>
    /// <param name="agents">The management agents that the agent is to run.</param>
    public static IReadOnlyList<OldTask> Find(IEnumerable<TaskFile> tasks, IReadOnlyCollection<string> agents) =>
    [
        .. tasks.Where(task => !IsKnown(task.Name)).Select(task => Judge(task, agents)).OfType<OldTask>(),
    ];

    private static bool IsKnown(string name) => new[] { TaskDefinition.Name, TaskDefinition.CheckName, TaskDefinition.OldName }
        .Contains(name, StringComparer.OrdinalIgnoreCase);

    private static OldTask? Judge(TaskFile file, IReadOnlyCollection<string> agents)
    {
        try
        {
            var task = RegisteredTask.Parse(file.Xml);
            return !task.IsEnabled ? null : task.Programs.Where(program => program.Name.LocalName == "Exec").SelectMany(TextsOf)
                .Select(text => Judge(file.Name, text, agents)).FirstOrDefault(found => found is not null);
        }
        catch (FormatException)
        {
            return null; // Task Scheduler does not start what it cannot read
        }
    }

    private static OldTask? Judge(string task, (string From, string Text) said, IReadOnlyCollection<string> agents)
    {
        if (Guide().Match(said.Text) is { Success: true } guide) return new OldTask(task, $"{said.From} {guide.Value}", IsOurs: true);
        if (!ManagementAgentClass().IsMatch(said.Text) || !ExecuteMethod().IsMatch(said.Text)) return null;
        var ours = agents.Where(agent => IsNamed(agent, said.Text)).ToList();
        return new OldTask(task, $"{said.From} {string.Join(", ", ["MIIS_ManagementAgent", "Execute", .. ours])}", ours.Count > 0);
    }

    private static bool IsNamed(string agent, string text) =>
        Regex.IsMatch(text, $@"(?<!\w){Regex.Escape(agent)}(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The command line, and the scripts that it names, where they can be read.</summary>
    private static IEnumerable<(string From, string Text)> TextsOf(XElement program)
    {
        var line = Expand($"{RegisteredTask.Text(program, "Command")} {RegisteredTask.Text(program, "Arguments")}");
        yield return ("its command line names", line);
        var folder = Expand(RegisteredTask.Text(program, "WorkingDirectory") ?? "").Trim('"');
        foreach (var named in Script().Matches(line).Select(match => match.Groups["file"].Value))
        {
            var path = Path.Combine(folder, named);
            if (ReadScript(path) is { } text) yield return ($"{path}, which it runs, names", text);
        }
    }

    private static string Expand(string text) => Environment.ExpandEnvironmentVariables(text);

    private static string? ReadScript(string path)
    {
        if (path.StartsWith(@"\\", StringComparison.Ordinal) || path.StartsWith("//", StringComparison.Ordinal)
            || !Path.IsPathFullyQualified(path))
            return null;
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestScript ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    [GeneratedRegex("runMimSync", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Guide();

    [GeneratedRegex(@"(?<!\w)MIIS_ManagementAgent(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ManagementAgentClass();

    [GeneratedRegex(@"(?<!\w)Execute(?!\w)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExecuteMethod();

    /// <summary>In double quotes, in single ones, or in none.</summary>
    [GeneratedRegex(
        @"\x22(?<file>[^\x22]+" + Ending + @")\x22|'(?<file>[^']+" + Ending + @")'|(?<file>[^\s\x22']+" + Ending + @")(?![\w.])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Script();
}
