using System.Globalization;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Page.Tests.Scenes;

/// <summary>A data folder as an agent leaves it, made through the store's own doors.</summary>
internal sealed class RunLog : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly ChangeKind[] all = [ChangeKind.Added, ChangeKind.Updated, ChangeKind.Removed, ChangeKind.Restored];

    private readonly IDisposable? held;
    private int run;
    private int round;

    public RunLog(bool isHeld = true)
    {
        Folder = Directory.CreateTempSubdirectory("mimhybrid-page-").FullName;
        Store = AgentStore.Open(Folder, all);
        Store.ClaimFor("Sandbox");
        Store.RecordHolder(new Holder(4711, @"CONTOSO\MIMSyncUser", Noon.AddHours(-5)));
        if (isHeld) held = Agent.Hosting.DataFolder.TryLock(Folder);
        Beats(Noon);
        Poll(Noon.AddSeconds(-4));
    }

    public string Folder { get; }

    public AgentStore Store { get; }

    public void Beats(DateTimeOffset at)
    {
        Store.Cycles.Beat(at, at.AddMinutes(1));
        Store.Guests.Beat(at, at.AddMinutes(1));
    }

    public void Poll(DateTimeOffset at) => Store.Guests.RecordPollSuccess(at, at.AddMinutes(1));

    public void Waits() => Store.Cycles.RecordDecision(
        new RecordedDecision("Wait", Noon.AddMinutes(35), "no guest changes pending; FallbackCycle is due at 12:35:00", Noon));

    /// <summary>What a round of Graph brought.</summary>
    public GuestChange Sees(ChangeKind kind, string name, DateTimeOffset at, string? mail = null)
    {
        mail ??= $"{name.ToLowerInvariant().Replace(' ', '.')}@fabrikam.example";
        return Sees(new GuestChange(string.Create(CultureInfo.InvariantCulture, $"8f2c{++round:0000}-5717-4562-b3fc-2c963f66afa6"), kind, name, mail, at));
    }

    public GuestChange Sees(GuestChange change)
    {
        var isGone = change.Kind == ChangeKind.Removed;
        Store.Guests.CommitRound(new DeltaRound
        {
            Cursor = new DeltaCursor("https://graph/delta", "f", change.DetectedAt),
            Remembered = [new Guest(change.Id, isGone ? GuestState.SoftDeleted : GuestState.Live, "d", change.Name, change.Mail, change.DetectedAt)],
            Changes = [change],
        });
        return change;
    }

    public long Begins(DateTimeOffset at, string reason = "1 guest change (1 added) pending", string function = "GuestChanges",
        TriggerKind trigger = TriggerKind.GraphDelta, string sequence = "ChangeDriven") =>
        Store.Cycles.BeginCycle(new CycleStart(function, trigger, sequence, reason, null), at);

    /// <summary>A step that ended, and what it counted.</summary>
    public DateTimeOffset Step(long cycle, int position, (string Agent, string Profile, StepKind Kind) what, DateTimeOffset at, int seconds,
        string result = "success", StepCounters? counters = null, string advice = "", params StepError[] errors)
    {
        var planned = new PlannedStep(position, what.Agent, what.Profile, what.Kind);
        Store.Cycles.BeginStep(cycle, planned, firstImport: position == 1, at);
        var isRefused = what.Kind == StepKind.Export && errors.Length > 0;
        Store.Cycles.EndStep(cycle, new StepEnd(planned, new StepRecord
        {
            Position = position,
            ManagementAgent = what.Agent,
            RunProfile = what.Profile,
            StartedAt = at,
            EndedAt = at.AddSeconds(seconds),
            Result = result,
            Advice = advice,
            RunNumber = ++run,
            Counters = counters,
            Errors = errors,
            ErrorCount = errors.Length,
            Refused = isRefused ? errors.Length : 0,
        })
        {
            EndedWell = result == "success" || isRefused,
            Refusals = what.Kind == StepKind.Export ? new ExportRefusals(errors.Length, errors, IsWhole: true) : null,
        });
        return at.AddSeconds(seconds);
    }

    public void Dispose()
    {
        Store.Dispose();
        held?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
