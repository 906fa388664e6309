using System.Globalization;
using System.Text;
using MimHybrid.Agent.Json;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Show;

/// <summary>How the agent is, at one moment.</summary>
internal sealed record StatusReport
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>Who runs the agent; null when nobody does.</summary>
    public Holder? Holder { get; init; }

    /// <summary>The process is there, and a loop in it gives no sign of life; null while all do.</summary>
    public string? Silence { get; init; }

    /// <summary>The last time that a store was put aside here; null where none ever was.</summary>
    public Rescue? Rescue { get; init; }

    public required AgentSnapshot Snapshot { get; init; }

    public required RecordedDecision Next { get; init; }

    /// <summary>What directories refuse, until an export says otherwise.</summary>
    public IReadOnlyList<RefusedExports> Refused { get; init; } = [];

    public CycleRecord? LastCycle { get; init; }

    public DateTimeOffset? CursorObtainedAt { get; init; }

    /// <summary>How far the tenant has been read as a whole, where that is under way.</summary>
    public Baseline? Reading { get; init; }

    /// <summary>Who asked for a new reading that has not begun.</summary>
    public string? ResyncAskedBy { get; init; }

    public PollHealth? Polls { get; init; }

    /// <summary>What the agent signs in with, as it noted it at its last poll.</summary>
    public CredentialNote? Credential { get; init; }

    /// <summary>Guest changes that started nothing, by reason, since the store was made.</summary>
    public IReadOnlyList<IgnoredChanges> Ignored { get; init; } = [];

    /// <summary>The oldest pending changes, as many as are shown.</summary>
    public IReadOnlyList<GuestChange> PendingChanges { get; init; } = [];

    /// <summary>NotRunning, Running (a cycle is in progress), Holding (until a person acts) or Waiting.</summary>
    public string State => this switch
    {
        { Holder: null } => "NotRunning",
        { LastCycle.Outcome: CycleOutcome.Running } => "Running",
        { Next.Action: "Hold" } => "Holding",
        _ => "Waiting",
    };

    public string ToText(TimeZoneInfo zone)
    {
        string Local(DateTimeOffset time) =>
            TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        void Row(string name, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"{name,-11} {Printable.Of(value)}");

        Row("Agent", Holder is null ? "not running" : $"{State.ToLowerInvariant()} ({Holder}, since {Local(Holder.StartedAt)})");
        if (Silence is { } silence) Row("", $"SILENT: {silence}. {SilenceText.EndIt(Holder)}");
        Row("Pending", Snapshot.Pending.ToString());
        foreach (var change in PendingChanges)
            Row("", $"{change.Words} {GuestText.Of(change)}, detected {Local(change.DetectedAt)}");
        Row(State switch { "NotRunning" => "If started", "Running" => "Now", _ => "Next" }, Next switch
        {
            { Action: "Run" } => Next.Reason,
            { At: { } at } => $"{Next.Action.ToLowerInvariant()} until {Local(at)}: {Next.Reason}",
            _ => $"{Next.Action.ToLowerInvariant()}: {Next.Reason}",
        });
        Row("Last cycle", LastCycle is { } cycle ? $"{cycle.Id} {cycle.Sequence}, {cycle.Outcome.ToWords()}, "
            + $"{Local(cycle.EndedAt ?? cycle.StartedAt)} ({Age(cycle.EndedAt ?? cycle.StartedAt)} ago)" : "none yet");
        if (LastCycle?.Failure is { } failure) Row("", failure);
        foreach (var (name, line) in RefusedText.Of(Refused, Local)) Row(name, line);
        Row("Graph", Polls switch
        {
            null => Reading is null ? "not asked yet" : "the first reading of the tenant is under way",
            { FailingSince: { } since } =>
                $"failing since {Local(since)}{(Polls.Failures > 1 ? $", {Polls.Failures} times in a row" : "")}: {Polls.Error}",
            { WaitingFor: { } waiting } => waiting,
            _ when Silence is not null => $"last asked {Age(Polls.AttemptedAt)} ago",
            _ => $"last asked {Age(Polls.AttemptedAt)} ago, all well",
        });
        Row("Cursor", (CursorObtainedAt, Reading) switch
        {
            ({ } obtained, _) => $"{Age(obtained)} old ({Local(obtained)})",
            (_, { } reading) =>
                string.Create(CultureInfo.InvariantCulture,
                    $"none: the tenant is read as a whole, {reading.Pages} pages, {reading.Users} users, {reading.Guests} guests so far"),
            _ => "none: the tenant will be read as a whole",
        });
        if (ResyncAskedBy is { } asker) Row("", $"a new reading of the whole tenant begins with the next poll, asked for by {asker}");
        Row("Guests", Snapshot.Guests.ToString(CultureInfo.InvariantCulture));
        foreach (var ignored in Ignored)
            Row(ignored == Ignored[0] ? "Ignored" : "", $"{ignored.Count} {ignored.Reason.Describe()}, last {Local(ignored.Last)}");
        if (Rescue is { } rescue) Row("Store", $"{Local(rescue.At)}: {rescue.Told}");
        if (Credential is { } credential) Row("Credential", credential.Warning(Now) ?? Calm(credential));
        return text.ToString();
    }

    public string ToJson() => JsonLine.Of(ToLine(), AgentJson.Lines.StatusLine);

    private StatusLine ToLine() => new()
    {
        State = State,
        Pending = Snapshot.Pending.Count,
        PendingByKind = new(Snapshot.Pending.Counts.Select(count => KeyValuePair.Create(count.Key.ToString(), count.Value))),
        Next = new NextLine(Next.Action, Next.At, Next.Reason),
        LastCycle = LastCycle is { } cycle ? CycleLine.Of(cycle) : null,
        Cursor = new CursorLine(CursorObtainedAt),
        Reading = Reading is { } reading ? new ReadingLine(reading.Pages, reading.Users, reading.Guests) : null,
        Guests = Snapshot.Guests,
        Polls = new PollsLine(Polls?.SucceededAt, Polls?.FailingSince, Polls?.Error),
        Ignored = [.. Ignored.Select(ignored => new IgnoredLine(ignored.Reason.ToString(), ignored.Count, ignored.Last))],
        Credential = Credential is { } credential
            ? new CredentialLine(credential.Kind, credential.ExpiresAt, credential.Warning(Now))
            : null,
        Refused = RefusedText.ToLines(Refused),
        Silence = Silence,
        Rescue = Rescue is { } rescue ? new RescueLine(rescue.At, rescue.Told) : null,
    };

    private static string Calm(CredentialNote credential) => credential switch
    {
        { ExpiresAt: { } end } => string.Create(CultureInfo.InvariantCulture, $"{credential.Name}, expires on {end:yyyy-MM-dd}"),
        { Kind: "ClientSecret" } => $"{credential.Name}; when it expires is not known (Graph:ClientSecretExpires)",
        _ => credential.Name,
    };

    private string Age(DateTimeOffset time) => (Now - time) switch
    {
        { TotalDays: >= 1 } age => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0.0} days"),
        { TotalHours: >= 1 } age => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0.0} hours"),
        { TotalMinutes: >= 1 } age => Whole(age.TotalMinutes, "minute"),
        var age => Whole(Math.Max(0, age.TotalSeconds), "second"),
    };

    private static string Whole(double count, string unit) =>
        Math.Round(count) is 1 ? $"1 {unit}" : string.Create(CultureInfo.InvariantCulture, $"{count:0} {unit}s");
}
