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
        var (tasks, all) = (new List<TaskFile>(), true);
        var folders = new Stack<string>([folder]);
        while (folders.TryPop(out var current))
        {
            all &= IsAllowed(() =>
            {
                foreach (var inner in Directory.GetDirectories(current))
                    if (current != folder || !OfWindows.Equals(Path.GetFileName(inner), StringComparison.OrdinalIgnoreCase))
                        folders.Push(inner);
                foreach (var file in Directory.GetFiles(current))
                    all &= IsAllowed(() => tasks.Add(new TaskFile(NameOf(folder, file), File.ReadAllText(file))));
            });
        }

        return new SeenTasks([.. tasks.OrderBy(task => task.Name, StringComparer.OrdinalIgnoreCase)], all);
    }

    private static string NameOf(string folder, string file) => Path.GetRelativePath(folder, file).Replace('/', '\\');

    private static bool IsAllowed(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
