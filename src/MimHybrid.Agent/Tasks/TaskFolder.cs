using System.Diagnostics.CodeAnalysis;

namespace MimHybrid.Agent.Tasks;

/// <summary>A registered task as its file in Task Scheduler's store.</summary>
/// <param name="Name">Its path in Task Scheduler, without the first backslash.</param>
/// <param name="Xml">Its definition.</param>
internal sealed record TaskFile(string Name, string Xml);

/// <summary>The tasks that an account may read.</summary>
/// <param name="Tasks">By name.</param>
/// <param name="AreAll">Whether nothing was refused; an administrator is refused nothing.</param>
internal sealed record SeenTasks(IReadOnlyList<TaskFile> Tasks, bool AreAll)
{
    public static readonly SeenTasks None = new([], AreAll: false);
}

/// <summary>
/// Task Scheduler's store: one file a task, in folders as Task Scheduler shows them (README.md#the-tasks-files). It is read where
/// schtasks would have to be asked for every task by its name.
/// </summary>
internal static class TaskFolder
{
    /// <summary>Windows' own tasks: there are hundreds, and nobody puts another one there.</summary>
    private const string OfWindows = "Microsoft";

    public static string Place => Path.Combine(Environment.SystemDirectory, "Tasks");

    public static SeenTasks Read(string folder)
    {
        var (tasks, refused) = (new List<TaskFile>(), 0);
        var folders = new Stack<string>([folder]);
        while (folders.TryPop(out var current))
        {
            if (!IsAllowed(() => Directory.GetFileSystemEntries(current), out var entries)) refused++;
            foreach (var entry in entries ?? [])
                if (Directory.Exists(entry))
                {
                    if (current != folder || !OfWindows.Equals(Path.GetFileName(entry), StringComparison.OrdinalIgnoreCase))
                        folders.Push(entry);
                }
                else if (IsAllowed(() => File.ReadAllText(entry), out var xml))
                {
                    tasks.Add(new TaskFile(NameOf(folder, entry), xml));
                }
                else
                {
                    refused++;
                }
        }

        return new SeenTasks([.. tasks.OrderBy(task => task.Name, StringComparer.OrdinalIgnoreCase)], AreAll: refused == 0);
    }

    private static string NameOf(string folder, string file) => Path.GetRelativePath(folder, file).Replace('/', '\\');

    private static bool IsAllowed<T>(Func<T> read, [NotNullWhen(true)] out T? content) where T : class
    {
        try
        {
            content = read();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            content = null;
            return false;
        }
    }
}
