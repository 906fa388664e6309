namespace MimHybrid.Sandbox.SyncServer;

/// <summary>What is to happen to one run, decided before it starts. The default is: nothing unusual.</summary>
public sealed record RunPlan
{
    /// <summary>
    /// The result word. One that refuses at the door (<c>no-start-ma-already-running</c>, <c>call-failure:0x…</c>) leaves no row in the
    /// history; one that ends a step early (<c>no-start-…</c>, <c>stopped-…</c>) leaves a row and no work done; any other replaces the
    /// word of a step that did its work. <c>completed-discovery-errors</c> also keeps an import from obsoleting what it did not see.
    /// </summary>
    public string? Result { get; init; }

    /// <summary>
    /// A refusal at the door leaves a row all the same. Nobody has seen which it is on a real server, so both can be asked for
    /// (MimHybrid.Mim/README.md#what-nobody-has-seen).
    /// </summary>
    public bool LeavesRow { get; init; }

    /// <summary>How long the step takes; null is the server's usual duration.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>The step goes on until somebody stops it.</summary>
    public bool HangsUntilStopped { get; init; }

    /// <summary>Execute returns <c>completing-referential-updates</c>, and the run ends so much later.</summary>
    public TimeSpan? ReturnsEarlyBy { get; init; }

    /// <summary>
    /// So many objects more than there are cannot be exported: an export counts and names them, and ends as
    /// <c>completed-export-errors</c>. They are made up, so that 200,000 of them need no 200,000 guests.
    /// </summary>
    public int FailingObjects { get; init; }

    /// <summary>A run of somebody else that starts just before this one would.</summary>
    public ForeignRun? SlipsIn { get; init; }

    internal bool IsRefused => Result is not null && !LeavesRow && SandboxResultWords.RefusesAtTheDoor(Result);

    internal bool EndsEarly => Result is not null && SandboxResultWords.EndsEarly(Result);

    internal bool HasDiscoveryErrors => Result == SandboxResultWords.CompletedDiscoveryErrors;
}

/// <summary>A run that somebody else starts.</summary>
/// <param name="ManagementAgent">On which agent.</param>
/// <param name="RunProfile">Which profile.</param>
/// <param name="Duration">How long; zero is over before anything else happens.</param>
/// <param name="SecurityId">DOMAIN\user who starts it.</param>
public sealed record ForeignRun(string ManagementAgent, string RunProfile, TimeSpan Duration, string SecurityId = @"SANDBOX\admin");

/// <summary>Why an object cannot be exported.</summary>
/// <param name="ErrorType">As in MIM's run history, e.g. <c>permission-issue</c>.</param>
/// <param name="Code">The directory's code.</param>
/// <param name="Literal">The directory's text.</param>
public sealed record ExportFault(string ErrorType, string Code, string Literal);
