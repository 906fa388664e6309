namespace MimHybrid.Agent.Tasks;

/// <summary>How the account of the task signs in.</summary>
internal enum TaskLogon
{
    /// <summary>With a password that Task Scheduler keeps.</summary>
    Password,

    /// <summary>As a group managed service account, whose password Windows fetches by itself.</summary>
    Gmsa,
}

/// <summary>
/// The scheduled task that keeps the agent running, or that checks once as the agent's account: what differs from server to server. All
/// else is the same everywhere (TaskXml).
/// </summary>
internal sealed record TaskDefinition
{
    public const string Name = "MIM Hybrid Agent";

    /// <summary>The task of the loop that the agent replaces (README.md#the-loop-it-replaces).</summary>
    public const string OldName = "MIM Scheduled Sync";

    /// <summary>The task that the installation makes, starts and removes again.</summary>
    public const string CheckName = "MIM Hybrid Check";

    public const string DefaultAccount = "MIMSyncUser";

    /// <summary>Where the installation puts it. Task Scheduler replaces the variable.</summary>
    public const string DefaultProgram = @"%ProgramFiles%\MimHybrid\mimhybrid.exe";

    public static readonly TimeSpan DefaultDelay = TimeSpan.FromMinutes(15);

    /// <summary>
    /// How often the task is started anew should it not run. "Restart on failure" alone does not bring an agent back that ended with an
    /// exit code (README.md#restart-on-failure-is-not-enough). While an agent runs, "IgnoreNew" drops the start.
    /// </summary>
    public static readonly TimeSpan WatchdogInterval = TimeSpan.FromMinutes(5);

    /// <summary><c>DOMAIN\user</c>, <c>COMPUTER\user</c>, a plain name for a local account, or <c>DOMAIN\account$</c> of a gMSA.</summary>
    public string Account { get; init; } = DefaultAccount;

    public TaskLogon Logon { get; init; }

    /// <summary>
    /// Between the start of the operating system and that of the task. The setting BootDelay of the agent is another matter: it delays
    /// cycles.
    /// </summary>
    public TimeSpan Delay { get; init; } = DefaultDelay;

    public string Program { get; init; } = DefaultProgram;

    public string Arguments { get; init; } = "run";

    /// <summary>
    /// Whether it runs <c>check</c> when it is told to, once, in place of the agent: what an account may do shows only as that account.
    /// </summary>
    public bool IsCheck { get; init; }

    public string Title => IsCheck ? CheckName : Name;

    /// <summary>Where the program lies. Windows paths on every system, since the file may be made elsewhere.</summary>
    public string WorkingDirectory => Program.LastIndexOfAny(['\\', '/']) is > 0 and var end ? Program[..end] : "";

    /// <summary>
    /// The program's command line from its words: one with spaces is quoted, a backslash before the closing quote is doubled.
    /// </summary>
    public static string CommandLine(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word) => word.AsSpan().ContainsAny(' ', '\t')
        ? $"\"{word}{new string('\\', word.Length - word.TrimEnd('\\').Length)}\""
        : word;
}
