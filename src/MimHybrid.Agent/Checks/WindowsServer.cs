using System.Runtime.Versioning;
using System.Security.Principal;
using Microsoft.Win32;
using MimHybrid.Agent.Hosting;
using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>Looks at what only Windows has. Nothing here judges.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsServer
{
    private const string Services = @"SYSTEM\CurrentControlSet\Services";
    private const int AutomaticStart = 2;

    public static async Task<ServerFacts> LookAsync(CancellationToken cancellationToken)
    {
        var (task, trouble) = await FindTaskAsync(TaskDefinition.Name, cancellationToken);
        var (oldTask, oldTrouble) = await FindTaskAsync(TaskDefinition.OldName, cancellationToken);
        return new ServerFacts
        {
            TaskXml = task,
            TaskTrouble = trouble,
            OldTaskXml = oldTask,
            OldTaskTrouble = oldTrouble,
            Tasks = TaskFolder.Read(TaskFolder.Place),
            Service = FindService(),
            Work = FindWork(),
            HasEventSource = HasEventSource(),
            Groups = Groups(),
            NameOf = Schtasks.NameOf,
        };
    }

    /// <summary>
    /// Whoever is no administrator may read a task that runs as the own account, and is refused at those of others
    /// (README.md#who-may-read-a-task).
    /// </summary>
    private static async Task<(string? Xml, string? Trouble)> FindTaskAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await Schtasks.QueryAsync(name, cancellationToken), null);
        }
        catch (InvalidOperationException e)
        {
            return (null, e.Message);
        }
    }

    private static ServiceFacts? FindService()
    {
        using var key = Registry.LocalMachine.OpenSubKey($@"{Services}\{ServiceLifetime.Name}");
        return key is null ? null : new ServiceFacts(
            key.GetValue("ObjectName") as string ?? "LocalSystem",
            key.GetValue("Start") is AutomaticStart,
            key.GetValue("DelayedAutostart") is 1,
            key.GetValue("FailureActions") is not null && key.GetValue("FailureActionsOnNonCrashFailures") is 1);
    }

    /// <summary>The scripts hold their journal while they work (scripts/MimHybrid/Journal.ps1).</summary>
    private static ScriptWork FindWork()
    {
        try
        {
            using var journal = File.Open(Path.Combine($"{ProgramFolder.Path}.unfinished", "journal"), FileMode.Open,
                FileAccess.Read, FileShare.Read);
            return ScriptWork.CutOff;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ScriptWork.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ScriptWork.AtWork;
        }
    }

    /// <summary>Not by EventLog.SourceExists, which looks through all logs and is refused at those of others.</summary>
    private static bool HasEventSource()
    {
        using var key = Registry.LocalMachine.OpenSubKey($@"{Services}\EventLog\{EventLogLines.LogName}\{EventLogLines.Source}");
        return key is not null;
    }

    private static IReadOnlyList<string> Groups()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return [.. (identity.Groups ?? []).Select(group => Schtasks.NameOf(group.Value)).OfType<string>()];
    }
}
