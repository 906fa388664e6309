using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Settings;

/// <summary>What an administrator may set about when cycles run and what they run. Every property has its default beside it.</summary>
public sealed class AgentSettings
{
    /// <summary>
    /// Counted from the start of the operating system, so a delay of Task Scheduler is part of it: MIM's service may not be up before.
    /// </summary>
    public TimeSpan BootDelay { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The management agent that reads the tenant's guests. Left out, it is the one that the sequence for guest changes imports first
    /// (shipped: AADMA).
    /// </summary>
    public string? GuestSource { get; set; }

    /// <summary>
    /// By name. The five shipped ones are there unless disabled; a section of the same name changes what it states. FallbackCycle asks
    /// both sides each hour what is new and works only then. While the tenant sleeps, NightlyCycle reads everything, for what no delta
    /// shows, and WeeklyFull, which also runs first of all, works on everything too, for what a synchronization left undone. Where
    /// Sequences states Full or ChangeDriven and no Fallback, FallbackCycle runs Full; where FallbackCycle is disabled or runs another
    /// sequence than Fallback, the two are not there unless stated; where Sequences states a shipped one and no Nightly, NightlyCycle
    /// runs Full.
    /// </summary>
    public Dictionary<string, FunctionSettings> Functions { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["GuestChanges"] = new() { Trigger = TriggerKind.GraphDelta, Sequence = ShippedSequences.ChangeDriven },
        [TimedDefaults.FallbackCycle] = new() { Trigger = TriggerKind.Timer, Sequence = ShippedSequences.Fallback },
        [TimedDefaults.NightlyCycle] = new() { Trigger = TriggerKind.Timer, Cron = "30 4 * * *", Sequence = ShippedSequences.Nightly },
        [TimedDefaults.WeeklyFull] = new() { Trigger = TriggerKind.Timer, Cron = "30 4 * * SUN", Sequence = ShippedSequences.Full },
        ["ForcedRun"] = new() { Trigger = TriggerKind.Command, Sequence = ShippedSequences.Full },
    };

    /// <summary>By name. A sequence stated here replaces the shipped one of that name as a whole.</summary>
    public Dictionary<string, List<StepSettings>> Sequences { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Whether a synchronization may follow an import that could not read some objects. MIM does not stage deletions then, so removals
    /// would be missed silently (MimHybrid.Mim/README.md#incomplete-imports).
    /// </summary>
    public bool SynchronizeIncompleteImports { get; set; }

    /// <summary>
    /// The shortest pause between two cycles of the same function, and after a failure, whatever else is set. Less than a second is for the
    /// sandbox alone.
    /// </summary>
    public TimeSpan ShortestPause { get; set; } = TimeSpan.FromSeconds(10);

    public RetrySettings Retries { get; } = new();

    public ArrivalSettings Arrival { get; } = new();

    public BackoffSettings Backoff { get; } = new();

    public RemovalGuardSettings RemovalGuard { get; } = new();

    public List<MaintenanceWindowSettings> MaintenanceWindows { get; } = [];

    public RunLogSettings RunLog { get; } = new();

    /// <summary>The sequence of that name: as stated in the settings, else as shipped, else null.</summary>
    public Sequence? FindSequence(string name)
    {
        var bare = Observed.Bare(name);
        var stated = Sequences.FirstOrDefault(one => one.Key.Equals(bare, StringComparison.OrdinalIgnoreCase));
        var found = stated.Value is { } steps
            ? new Sequence(stated.Key, [.. steps.Select(step => step.ToStep())])
            : ShippedSequences.Find(bare);
        return Observed.Is(name) && found is not null ? found with { Name = Observed.Name(found.Name) } : found;
    }

    /// <summary>The kinds of guest change that start a cycle.</summary>
    public IReadOnlyCollection<ChangeKind> ChosenChanges =>
        FunctionsTriggeredBy(TriggerKind.GraphDelta).Select(function => function.Settings.On).FirstOrDefault() is { Length: > 0 } chosen
            ? chosen
            : Enum.GetValues<ChangeKind>();

    /// <summary>The names of all sequences, shipped and stated.</summary>
    public IEnumerable<string> SequenceNames => ShippedSequences.Names.Union(Sequences.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether that management agent is the one that brings the guests: only its import carries guest changes.</summary>
    public bool IsGuestSource(string managementAgent) => managementAgent.Equals(FindGuestSource(), StringComparison.OrdinalIgnoreCase);

    /// <summary>As stated, else the agent that the sequence for guest changes imports first; null when it imports nothing.</summary>
    public string? FindGuestSource() => string.IsNullOrWhiteSpace(GuestSource)
        ? FindSequence(
            FunctionsTriggeredBy(TriggerKind.GraphDelta).Select(function => function.Settings.Sequence)
                .FirstOrDefault(ShippedSequences.ChangeDriven))?
            .Steps.FirstOrDefault(step => step.Kind == StepKind.Import)?.ManagementAgent
        : GuestSource;

    /// <summary>The enabled functions with that trigger.</summary>
    public IEnumerable<NamedFunction> FunctionsTriggeredBy(TriggerKind trigger)
    {
        foreach (var (name, function) in Functions)
            if (function.Enabled && function.Trigger == trigger)
                yield return new NamedFunction(name, function);
    }
}

/// <summary>A function with its name. A class and not a pair: sequences of each kind of pair are compiled anew at each start.</summary>
public sealed record NamedFunction(string Name, FunctionSettings Settings);

public sealed class BackoffSettings
{
    /// <summary>The wait after one failure; each further failure doubles it.</summary>
    public TimeSpan First { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait; also the pace at which a cause that needs a person is tried again.</summary>
    public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(30);
}

/// <summary>How many removals may go through without a person's approval.</summary>
public sealed class RemovalGuardSettings
{
    /// <summary>More removals than this are held.</summary>
    public int Count { get; set; } = 50;

    /// <summary>More than this percentage of the known guests are held.</summary>
    public int Percent { get; set; } = 10;

    /// <summary>More deletions than this, staged by an import and waiting for a synchronization, are held. Members count too.</summary>
    public int StagedCount { get; set; } = 500;

    /// <summary>More than this percentage of the connector space are held.</summary>
    public int StagedPercent { get; set; } = 25;

    /// <summary>
    /// A percentage is looked at only from this many removals on. Without it a tenant of nine guests could never lose one:
    /// one of nine is 11 percent.
    /// </summary>
    public int PercentFrom { get; set; } = 5;
}

/// <summary>A time in which nothing runs; changes are kept.</summary>
public sealed class MaintenanceWindowSettings
{
    /// <summary>When it begins: a cron expression of five fields in the server's time zone, e.g. <c>0 2 * * SUN</c>.</summary>
    public string Cron { get; set; } = "";

    public TimeSpan Duration { get; set; }
}
