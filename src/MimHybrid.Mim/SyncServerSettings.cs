namespace MimHybrid.Mim;

/// <summary>The section <c>SyncServer</c> of the settings.</summary>
public sealed class SyncServerSettings
{
    public SyncServerConnection Connection { get; set; } = SyncServerConnection.Cim;

    /// <summary>The server that runs the synchronization service, asked over WS-Man; empty for this one, asked locally.</summary>
    public string? ComputerName { get; set; }

    /// <summary>Where MIM's WMI provider registers its classes (README.md#everything-is-text).</summary>
    public string Namespace { get; set; } = @"root\MicrosoftIdentityIntegrationServer";

    /// <summary>Our account as <c>DOMAIN\user</c>: a run started by another is not ours. Empty: callers are not compared.</summary>
    public string? Account { get; set; }

    /// <summary>How many object errors of a run are kept; all are counted.</summary>
    public int ErrorsKept { get; set; } = 50;

    /// <summary>Between two looks at the status of a management agent.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the provider may take for one answer; Execute and Stop, which wait for a run, have limits of their own.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a run that somebody else started may keep us waiting.</summary>
    public TimeSpan ForeignRunDeadline { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a run may go on completing after Execute has returned.</summary>
    public TimeSpan CompletingDeadline { get; set; } = TimeSpan.FromHours(2);

    /// <summary>A run that takes longer is stopped.</summary>
    public TimeSpan LongestRun { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a run may end by itself once the agent is being stopped, and again how long MIM may take over our Stop.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the history is asked for a run that has ended there: after Execute returned, after the connection was lost, and while this
    /// program is being stopped.
    /// </summary>
    public TimeSpan LookupDeadline { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Runs older than so many days are removed from MIM's run history, for good, once a day. Null or 0: none are.</summary>
    public int? KeepRunsDays { get; set; }

    /// <summary>Everything wrong with these settings, each with the setting's full name, its value and what is allowed.</summary>
    public IEnumerable<string> Validate()
    {
        if (!Enum.IsDefined(Connection))
            yield return Invalid(nameof(Connection), Connection, $"one of {string.Join(", ", Enum.GetNames<SyncServerConnection>())}");
        if (string.IsNullOrWhiteSpace(Namespace))
            yield return Invalid(nameof(Namespace), Namespace, @"a WMI namespace such as root\MicrosoftIdentityIntegrationServer");
        if (ComputerName?.Any(char.IsWhiteSpace) == true)
            yield return Invalid(nameof(ComputerName), ComputerName, "a computer name without spaces, or nothing for this computer");
        if (!string.IsNullOrEmpty(Account) && Account.Split('\\') is not [{ Length: > 0 }, { Length: > 0 }])
            yield return Invalid(nameof(Account), Account, @"an account as DOMAIN\user (in a JSON file DOMAIN\\user)");
        if (ErrorsKept is < 0 or > 10_000)
            yield return Invalid(nameof(ErrorsKept), ErrorsKept, "a number from 0 to 10000");
        if (KeepRunsDays is < 0 or > 36_500)
            yield return Invalid(nameof(KeepRunsDays), KeepRunsDays, "a number of days from 1 to 36500, or 0 to keep all runs");

        foreach (var error in ValidateDurations())
            yield return error;
    }

    private IEnumerable<string> ValidateDurations()
    {
        // A zero poll interval would ask a busy server without a pause; a zero longest run would stop every run.
        var millisecond = TimeSpan.FromMilliseconds(1);
        return
        [
            .. Check(nameof(PollInterval), PollInterval, millisecond, TimeSpan.FromMinutes(5)),
            .. Check(nameof(AnswerDeadline), AnswerDeadline, millisecond, TimeSpan.FromHours(1)),
            .. Check(nameof(ForeignRunDeadline), ForeignRunDeadline, TimeSpan.Zero, TimeSpan.FromDays(7)),
            .. Check(nameof(CompletingDeadline), CompletingDeadline, TimeSpan.Zero, TimeSpan.FromDays(7)),
            .. Check(nameof(LongestRun), LongestRun, millisecond, TimeSpan.FromDays(30)),
            .. Check(nameof(StopGrace), StopGrace, TimeSpan.Zero, TimeSpan.FromHours(1)),
            .. Check(nameof(LookupDeadline), LookupDeadline, TimeSpan.Zero, TimeSpan.FromHours(1)),
        ];

        static IEnumerable<string> Check(string name, TimeSpan value, TimeSpan least, TimeSpan most) =>
            SettingRule.Duration($"SyncServer:{name}", value, least, most);
    }

    private static string Invalid(string name, object? value, string allowed) =>
        $"SyncServer:{name} is {SettingRule.Quoted($"{value}")}; allowed is {allowed}.";
}
