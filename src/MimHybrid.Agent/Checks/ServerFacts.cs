using MimHybrid.Agent.Tasks;

namespace MimHybrid.Agent.Checks;

/// <summary>What only Windows has, as it was found.</summary>
internal sealed record ServerFacts
{
    /// <summary>The scheduled task that starts the agent, as XML; null when there is none.</summary>
    public string? TaskXml { get; init; }

    /// <summary>The task of the old loop, as XML; null when there is none.</summary>
    public string? OldTaskXml { get; init; }

    /// <summary>Why the task that starts the agent could not be looked at; null when it could.</summary>
    public string? TaskTrouble { get; init; }

    /// <summary>The same of the old loop's task: whom it belongs to is another matter.</summary>
    public string? OldTaskTrouble { get; init; }

    /// <summary>What is registered, so far as this account may read it.</summary>
    public SeenTasks Tasks { get; init; } = SeenTasks.None;

    public ServiceFacts? Service { get; init; }

    public ScriptWork Work { get; init; }

    /// <summary>Whether the event log knows our source.</summary>
    public bool HasEventSource { get; init; }

    /// <summary>The groups of this account, <c>COMPUTER\group</c>.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The account behind a security id; null when nobody knows it.</summary>
    public Func<string, string?> NameOf { get; init; } = _ => null;
}

/// <summary>
/// Whether the installation or an update is at work, and until its end keeps task and service from starting by themselves.
/// </summary>
internal enum ScriptWork
{
    None,
    AtWork,

    /// <summary>By a power cut, for example; the next one undoes what it began.</summary>
    CutOff,
}

/// <summary>The Windows service, as it is registered.</summary>
/// <param name="Account">Who runs it.</param>
/// <param name="IsAutomatic">Whether it starts with the server.</param>
/// <param name="IsDelayed">Whether it starts after the others.</param>
/// <param name="IsRestarted">Whether the service control manager starts it again, also after an end that the agent reports by its exit
/// code.</param>
internal sealed record ServiceFacts(string Account, bool IsAutomatic, bool IsDelayed, bool IsRestarted);
