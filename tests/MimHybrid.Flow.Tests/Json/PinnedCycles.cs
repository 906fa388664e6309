using MimHybrid.Cycles.Running;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Flow.Tests.Json;

/// <summary>Cycles as the run log can have them, with every value that JSON writes in a way of its own.</summary>
internal static class PinnedCycles
{
    /// <summary>To the tick, so that it shows how times are cut; and in another zone than UTC.</summary>
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 11, 26, 13, 0, 0, TimeSpan.FromHours(1)).AddTicks(1_234_567);

    /// <summary>What people and directories write: letters beyond ASCII and beyond 16 bits, quotes, a path, line breaks, markup.</summary>
    public const string Awkward = "Ömer \"O'Neil\" <Çelik> & C:\\Söhne\tGmbH\r\n\u0001 \u2028 名前 \U0001F600";

    private const string DeltaImport = "Delta Import (Stage Only)";

    private static readonly GuestChange Lena =
        new("0e6d8c52-0f6f-4f3c-9a55-3f1d3a6f0001", ChangeKind.Added, "Lena Brandt", "lena.brandt@fabrikam.example", Noon.AddMinutes(-2));

    private static readonly RunCounters Imported = new()
    {
        Staging = Group(("stage-update", 1), ("stage-add", 3_000_000_000)),
        Discovery = Group(("filtered-deletions", 2)),
    };

    private static readonly RunCounters Synchronized = new()
    {
        Inbound = Group(("flow-failure", 1), ("disconnector-projected-flow", 1)),
        Outbound = new Dictionary<string, CounterGroup>
        {
            ["ADMA"] = Group(("provisioned-add-flow", 1)),
            ["Empty"] = CounterGroup.Empty,
            [Awkward] = Group(("provisioned-delete-add-flow", 2)),
        }.AsReadOnly(),
    };

    private static readonly RunCounters Exported = new() { Export = Group(("export-failure", 3), ("export-add", 1)) };

    private static readonly RunError[] Errors =
    [
        new(RunErrorKind.Export, "CN=Lena Brandt,OU=Guests,DC=sandbox,DC=example", "permission-issue")
        {
            Detail = "8344 Insufficient access rights.",
            FirstOccurred = Noon,
            RetryCount = 2,
        },
        new(RunErrorKind.Export, Awkward, "permission-issue") { Detail = Awkward },
    ];

    public static CycleRecord JustBegun { get; } = new()
    {
        Id = 1,
        Function = "FallbackCycle",
        Trigger = TriggerKind.Timer,
        Sequence = "Full",
        Reason = "no Full cycle has ended well yet",
        StartedAt = Noon,
        Outcome = CycleOutcome.Running,
    };

    public static CycleRecord InItsFirstStep { get; } = JustBegun with
    {
        Id = 2,
        Function = "GuestChanges",
        Trigger = TriggerKind.GraphDelta,
        Sequence = "ChangeDriven",
        Reason = "1 guest change (1 added) pending",
        Changes = [Lena],
        Steps = [new StepRecord { Position = 1, ManagementAgent = "AADMA", RunProfile = DeltaImport, StartedAt = Noon.AddSeconds(1) }],
    };

    public static CycleRecord WithEverything { get; } = InItsFirstStep with
    {
        Id = 3_000_000_000,
        Reason = "4 guest changes (1 added, 1 updated, 1 removed, 1 restored) pending",
        EndedAt = Noon.AddSeconds(61.5),
        Outcome = CycleOutcome.SucceededWithFindings,
        NextDecision = "no guest changes pending; FallbackCycle is due at 13:00:00",
        Changes =
        [
            Lena,
            Lena with { Kind = ChangeKind.Updated, Name = Awkward, Mail = null },
            Lena with { Kind = ChangeKind.Removed, Name = null, Mail = null },
            Lena with { Kind = ChangeKind.Restored, Name = "", DetectedAt = Noon.AddTicks(-1) },
        ],
        Steps =
        [
            Ended(1, "AADMA", DeltaImport, Report("success") with { Counters = Imported }),
            Ended(2, "AADMA", "Delta Synchronization", Report("completed-sync-errors") with { Counters = Synchronized, ErrorCount = 1 }),
            Ended(3, "ADMA", "Export", Report("completed-export-errors") with { Counters = Exported, Errors = Errors, ErrorCount = 3 }),
            new StepRecord { Position = 4, ManagementAgent = Awkward, RunProfile = DeltaImport, SkippedBecause = "nothing exported" },
        ],
        Decisions =
        [
            new CycleDecision(Noon, 0, "3 removals of guests pass the removal guard: CONTOSO\\ada approved 3 removals of guests."),
            new CycleDecision(Noon.AddSeconds(61), 3, Awkward),
        ],
        Arrival = new ArrivalRecord
        {
            Expected = new GuestCounts(2, 1, 1),
            Seen = new GuestCounts(1, null, 1),
            Missing = 1,
            Explanation = "1 may have come with an earlier synchronization",
        },
        Approval = new RemovalApproval(@"CONTOSO\ada", Noon.AddHours(-1), 3, 2, 1),
    };

    public static CycleRecord Failed { get; } = InItsFirstStep with
    {
        Id = 4,
        Function = "ForcedRun",
        Trigger = TriggerKind.Command,
        Reason = @"forced by CONTOSO\ada",
        ForcedBy = @"CONTOSO\ada",
        EndedAt = Noon.AddSeconds(2),
        Outcome = CycleOutcome.Failed,
        Failure = "AADMA Delta Import (Stage Only): call-failure:0x80230452. Look.",
        NextDecision = "tried again at 13:01:00",
        Steps =
        [
            Ended(1, "AADMA", DeltaImport, Report("call-failure:0x80230452") with { RunNumber = null, CountersMissing = "refused" }),
        ],
        Arrival = new ArrivalRecord { Expected = new GuestCounts(1, 0, 0) },
    };

    public static CycleRecord Stopped { get; } = Failed with
    {
        Id = 5,
        ForcedBy = null,
        Outcome = CycleOutcome.Stopped,
        Steps = [],
        Arrival = new ArrivalRecord { Expected = new GuestCounts(0, 0, 0), Seen = new GuestCounts(0, 0, 0) },
    };

    public static CycleRecord Abandoned { get; } =
        Stopped with { Id = 6, Outcome = CycleOutcome.Abandoned, NextDecision = null, Arrival = null };

    public static CycleRecord Succeeded { get; } = JustBegun with { Id = 7, EndedAt = Noon, Outcome = CycleOutcome.Succeeded };

    public static IReadOnlyList<CycleRecord> All { get; } =
        [JustBegun, InItsFirstStep, WithEverything, Failed, Stopped, Abandoned, Succeeded];

    private static StepRecord Ended(int position, string managementAgent, string runProfile, RunReport report) =>
        RunReportRecord.ToEnd(new PlannedStep(position, managementAgent, runProfile, StepKind.Import), report, endedWell: true).Record;

    private static RunReport Report(string word) =>
        new() { Result = ResultWords.Judge(word), RunNumber = 12, StartedAt = Noon.AddSeconds(1), EndedAt = Noon.AddSeconds(2) };

    private static CounterGroup Group(params (string Name, long Count)[] counters) =>
        new(counters.Select(counter => KeyValuePair.Create(counter.Name, counter.Count)));
}
