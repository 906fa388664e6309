using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MimHybrid.Scripts.Tests.StandIns;

/// <summary>
/// A Windows Server as far as the scripts touch it. Files are real, in a folder of the test; registry, tasks, services, logon rights and access lists are
/// recorded. Every command that changes something passes <see cref="Change"/>, where a test can make it fail.
/// </summary>
internal sealed partial class WindowsWorld : IDisposable
{
    public const string SyncUser = "S-1-5-21-1000-1000-1000-1001";
    public const string Managed = "S-1-5-21-2000-2000-2000-1105";
    public const string Operators = "S-1-5-21-1000-1000-1000-1200";
    public const string Users = "S-1-5-32-545";
    public const string Caller = "S-1-5-21-1000-1000-1000-500";
    public const string Stranger = "S-1-5-21-1000-1000-1000-1666";

    /// <summary>The password that must never be seen in any stream or file.</summary>
    public const string Password = "Tr0ub4dor&3-never-in-a-log";

    /// <summary>Folders of worlds that are gone. PowerShell keeps a script that it has compiled by its path: in a folder of its own, each world's would be compiled anew.</summary>
    private static readonly ConcurrentBag<string> Vacated = [];

    private readonly string root = Directory.CreateDirectory(Vacated.TryTake(out var vacated) ? vacated : Path.Combine(Path.GetTempPath(), $"mimhybrid-scripts-{Guid.NewGuid():N}")).FullName;
    private readonly Dictionary<string, int> agentAnswers = [];
    private int changes;
    private bool agentEnds;

    public WindowsWorld()
    {
        foreach (var folder in new[] { StateFolder, KeyFolder, Path.GetDirectoryName(ProgramFolder)!, Path.GetDirectoryName(DataFolder)! }) Directory.CreateDirectory(folder);
        Rights["SeBatchLogonRight"] = ["*S-1-5-32-544", "*S-1-5-32-551"];
        Rights["SeServiceLogonRight"] = ["*S-1-5-80-0"];
    }

    public string ProgramFolder => Path.Combine(root, "Program Files", "MimHybrid");

    public string DataFolder => Path.Combine(root, "ProgramData", "MimHybrid");

    public string Executable => Path.Combine(ProgramFolder, "mimhybrid.exe");

    /// <summary>What is no part of the server that is compared: the unzipped folders.</summary>
    public string StateFolder => Path.Combine(root, "state");

    public string KeyFolder => Path.Combine(root, "keys");

    public Dictionary<string, string> Accounts { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MIMSyncUser"] = SyncUser,
        [@"SERVER\MIMSyncUser"] = SyncUser,
        [@"CONTOSO\svc-mim$"] = Managed,
        [@"SERVER\MimOperators"] = Operators,
        [@"SERVER\Stranger"] = Stranger,
        [@"BUILTIN\Users"] = Users,
    };

    public Dictionary<string, List<string>> Rights { get; } = [];

    public Dictionary<string, Dictionary<string, object>> Registry { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, StandInTask> Tasks { get; } = [];

    public Dictionary<string, StandInService> Services { get; } = [];

    /// <summary>Files that have another name beside their own.</summary>
    public Dictionary<string, string> SecondNames { get; } = [];

    public List<X509Certificate2> Certificates { get; } = [];

    public EntraTenant Entra { get; } = new();

    public bool Elevated { get; set; } = true;

    /// <summary>What secedit ends with when it has done what it was told.</summary>
    public int SeceditCode { get; set; }

    /// <summary>Rights that a group policy defines, with whom it names.</summary>
    public Dictionary<string, string[]> PolicyRights { get; } = [];

    /// <summary>The culture of the server.</summary>
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;

    /// <summary>How much of its language PowerShell allows here.</summary>
    public PSLanguageMode Language { get; set; } = PSLanguageMode.FullLanguage;

    /// <summary>What the scripts wrote to the event log.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Whether a policy forbids that Windows stores passwords, of tasks for example.</summary>
    public bool CredentialsForbidden { get; set; }

    /// <summary>What a person answers to Read-Host, in order.</summary>
    public Queue<string> Answers { get; } = [];

    public int PasswordsAsked { get; set; }

    /// <summary>What changed something, in order; never with a password.</summary>
    public List<string> Changes { get; } = [];

    public HashSet<string> WorkFolders { get; } = [];

    /// <summary>The change that fails, counted from one; zero: none.</summary>
    public int FailAt { get; set; }

    /// <summary>The change at which somebody presses Ctrl+C.</summary>
    public int InterruptAt { get; set; }

    /// <summary>The change at which the power fails, and after it with <see cref="FailAfterwards"/>.</summary>
    public int CutAt { get; set; }

    /// <summary>Whether the power fails at the next check.</summary>
    public bool CutAtCheck { get; set; }

    /// <summary>The server as it was then.</summary>
    public PowerCut? Cut { get; private set; }

    /// <summary>What happens while a script waits.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>What somebody else does just before a change.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public Action Interrupt { get; set; } = () => { };

    /// <summary>Set when Ctrl+C has reached the command that runs.</summary>
    public ManualResetEventSlim Stopped { get; } = new();

    /// <summary>Whether the failing change is made all the same: what a command did before it failed must be undone, too.</summary>
    public bool FailAfterwards { get; set; }

    public bool Watchdog { get; set; }

    public int WatchdogStarts { get; private set; }

    public bool AgentRuns { get; private set; }

    /// <summary>What the agent's executable was asked, in order.</summary>
    public List<string> AgentAsked { get; } = [];

    /// <summary>How many checks fail before they go by <see cref="AgentAnswers"/>.</summary>
    public int CheckFailures { get; set; }

    /// <summary>What the check says besides.</summary>
    public string CheckAdds { get; set; } = "";

    /// <summary>The settings that the agent writes when it has found other names of MIM's; null: it finds none that fit.</summary>
    public string? Discovered { get; set; }

    /// <summary>What becomes of the temporary task that checks as the account.</summary>
    public AccountCheck AccountCheck { get; } = new();

    public int NextCheck(int code)
    {
        if (CheckFailures == 0) return code;
        CheckFailures--;
        return 4;
    }

    /// <summary>One change of the world: noted, made, and failed if it is its turn.</summary>
    public void Change(string what, Action make)
    {
        Before(what);
        Changes.Add(what);
        if (++changes == CutAt && !FailAfterwards) CutPower(what);
        var fails = changes == FailAt;
        if (!fails || FailAfterwards) make();
        Watch();
        if (changes == CutAt) CutPower(what);
        if (changes == InterruptAt)
        {
            Interrupt();
            Stopped.Wait(); // it comes on a thread of its own: come later, it would end the undoing, too
            throw new PipelineStoppedException();
        }

        if (fails) throw new InvalidOperationException($"The test made this fail: {what}");
    }

    public void CutPower(string what)
    {
        CutAtCheck = false;
        Cut = new PowerCut(this);
        throw new InvalidOperationException($"The power failed at: {what}");
    }

    /// <summary>A new version of the agent brings the store to its own form when it starts.</summary>
    public void StartAgent()
    {
        AgentRuns = true;
        var version = VersionOf(Executable);
        var store = Path.Combine(DataFolder, "agent.db");
        if (!File.Exists(store) || File.ReadLines(store).Last() != $"# version {version}") File.AppendAllText(store, $"# version {version}\n");
    }

    /// <summary>The task's second trigger starts the agent whenever it does not run; here at every turn, there every five minutes.</summary>
    public void Watch()
    {
        if (!Watchdog || AgentRuns || !Tasks.TryGetValue("MIM Hybrid Agent", out var task) || !task.Enabled) return;
        WatchdogStarts++;
        StartAgent();
    }

    public void StopAgent() => (AgentRuns, agentEnds) = (false, false);

    /// <summary>Task Scheduler answers before what it ends has ended.</summary>
    public void EndAgent() => agentEnds = true;

    public void PassTime()
    {
        if (agentEnds) StopAgent();
    }

    /// <summary>How the agent's stand-in answers: <c>check</c>, <c>show</c>, <c>stop</c> with an exit code; <c>check-2.0</c> for one version alone.</summary>
    public void AgentAnswers(string command, int code) => agentAnswers[command] = code;

    public int AnswerOf(string version, string command) => agentAnswers.TryGetValue($"{command}-{version}", out var own) ? own : agentAnswers.GetValueOrDefault(command);

    public static string VersionOf(string executable) => File.ReadAllLines(executable)[1]["# version ".Length..];

    /// <summary>Everything that an installation could leave behind, as text to compare.</summary>
    public string Snapshot()
    {
        var text = new StringBuilder();
        foreach (var path in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            if (!path.StartsWith(StateFolder, StringComparison.Ordinal)) text.AppendLine(Describe(path));
        foreach (var (path, list) in AccessLists.Where(pair => Path.Exists(pair.Key) && pair.Value.IsOwn).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.AppendLine(CultureInfo.InvariantCulture, $"rights {Path.GetRelativePath(root, path)} {list}");
        foreach (var (key, values) in Registry) text.AppendLine(CultureInfo.InvariantCulture, $"registry {key} {string.Join(' ', values)}");
        foreach (var (right, holders) in Rights.Where(pair => pair.Value.Count > 0)) text.AppendLine(CultureInfo.InvariantCulture, $"right {right} {string.Join(',', holders)}");
        foreach (var task in Tasks.Values) text.AppendLine(CultureInfo.InvariantCulture, $"task {task}");
        foreach (var service in Services.Values) text.AppendLine(CultureInfo.InvariantCulture, $"service {service}");
        foreach (var certificate in Certificates) text.AppendLine(CultureInfo.InvariantCulture, $"certificate {certificate.Thumbprint}");
        text.AppendLine(CultureInfo.InvariantCulture, $"agent runs {AgentRuns}");
        return text.ToString();
    }

    public static SecureString Secure()
    {
        var secure = new SecureString();
        foreach (var character in Password) secure.AppendChar(character);
        return secure;
    }

    public void Dispose()
    {
        foreach (var certificate in Certificates) certificate.Dispose();
        Stopped.Dispose();
        Directory.Delete(root, recursive: true);
        Vacated.Add(root);
    }

    private string Describe(string path) => Directory.Exists(path)
        ? $"folder {Path.GetRelativePath(root, path)}{(HasOwnRights(path) ? " with rights of its own" : "")}"
        : $"file {Path.GetRelativePath(root, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))[..12]} {(HasOwnRights(path) ? "private" : "readable")}";
}
