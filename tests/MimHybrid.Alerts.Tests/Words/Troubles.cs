using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Settings;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Words;

/// <summary>Every kind of trouble that somebody is told of, as the agent finds it.</summary>
internal static class Troubles
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static readonly GuestChange Lena = new("u1", ChangeKind.Added, "Lena Brandt", "lena.brandt@fabrikam.example", Noon.AddMinutes(-3));

    public static MatterFacts Well => new MatterFacts
    {
        Now = Noon,
        Snapshot = new AgentSnapshot
        {
            BootedAt = Noon.AddDays(-30),
            Guests = 14,
            LastSuccess = new Dictionary<string, DateTimeOffset> { ["Fallback"] = Noon.AddMinutes(-20) },
        },
        Holder = new Holder(4711, @"CONTOSO\MIMSyncUser", Noon.AddHours(-9)),
        Beats = [],
        HasCursor = true,
        Polls = new PollHealth(Noon, Noon, null, 0, null),
        Next = new RecordedDecision("Wait", Noon.AddHours(1), "no guest changes pending; FallbackCycle is due at 13:00:00", Noon),
        FreeSpace = 90L << 30,
    }.With(new MatterLimits(new AgentSettings())
    {
        WithoutCycle = TimeSpan.FromHours(4),
        WithoutReading = TimeSpan.FromHours(2),
        LongestRun = TimeSpan.FromHours(12),
        Channels = ["Mail:Admins", "Mail:Gone"],
    });

    /// <summary>By the name of the file in which each is approved.</summary>
    public static IReadOnlyDictionary<string, MatterFacts> All { get; } = new Dictionary<string, MatterFacts>
    {
        ["agent-silent"] = Well with { Beats = [new Heartbeat(AgentLoop.Poller, Noon.AddMinutes(-14), Noon.AddMinutes(-13))] },
        ["agent-restarts"] = Well with { Starts = [new(Noon.AddHours(-9.7)), new(Noon.AddHours(-9.5)), new(Noon.AddHours(-9.2))], Now = Noon.AddHours(-9), Holder = Well.Holder! with { StartedAt = Noon.AddHours(-9.1) } },
        ["held-removals"] = Held(Well with
        {
            Snapshot = Well.Snapshot with { Pending = new PendingChanges(new Dictionary<ChangeKind, long> { [ChangeKind.Removed] = 6 }, 6, Noon.AddMinutes(-4), Noon.AddMinutes(-4), null) },
            Removals = new HeldRemovals(20, 6, null, null) { Guests = [Lena with { Kind = ChangeKind.Removed }] },
        }),
        ["held-staged"] = Held(Well with { Snapshot = Well.Snapshot with { HeldStaged = new HeldDeletes(12, "AADMA", 700) } }),
        ["held-export"] = Held(Well with { Snapshot = Well.Snapshot with { HeldExport = new HeldDeletes(12, "ADMA", 60) } }),
        ["cycles-failing"] = Failing(1, needsPerson: false, "AADMA Delta Import: no-start-connection.", "no-start-connection",
            "MIM could not connect to the directory; look at the network and at the directory's server."),
        ["cycles-for-a-person"] = Failing(1, needsPerson: true, "AADMA Delta Import: no-start-credentials.", "no-start-credentials",
            "The directory refused the account that the management agent signs in with; correct it in the management agent's properties."),
        ["cycles-none"] = Well with { Snapshot = Well.Snapshot with { LastSuccess = new Dictionary<string, DateTimeOffset> { ["Fallback"] = Noon.AddHours(-7) } } },
        ["run-long"] = Well with { Running = new RunningStep("AADMA", "Full Import", Noon.AddMinutes(-52), TimeSpan.FromMinutes(12)) },
        ["tenant-unread"] = Well with { Polls = new PollHealth(Noon, Noon.AddHours(-1), Noon.AddMinutes(-59), 40, "Graph does not answer: no such host is known (graph.microsoft.com).") },
        ["tenant-waits"] = Well with { Polls = new PollHealth(Noon, Noon.AddHours(-3), null, 0, null) { WaitingFor = "40 of 60 guests were missing when the tenant was read; it is read again at 13:00." } },
        ["credential-ends"] = Well with { Credential = new CredentialNote("Certificate", Noon.AddDays(10), Noon.AddDays(-20)) },
        ["credential-ended"] = Well with
        {
            Credential = new CredentialNote("ClientSecret", Noon.AddDays(-1), Noon.AddDays(-31)),
            Polls = new PollHealth(Noon, Noon.AddHours(-25), Noon.AddHours(-24), 400, "The sign-in to Microsoft Entra failed: AADSTS7000222, the client secret has expired."),
        },
        ["refused"] = Well with
        {
            Refused = [new RefusedExports("ADMA", 1, [new RefusedAccount("CN=Mateo Hoffmann,OU=Guests,DC=contoso,DC=example", "permission-issue", "8344 Insufficient access rights to perform the operation.", Noon.AddMinutes(-9))])],
            Mails = new Dictionary<string, string> { ["Mateo Hoffmann"] = "mateo.hoffmann@fabrikam.example" },
        },
        ["finding"] = Well with
        {
            Findings = [new StepFinding(2, "AADMA", "Delta Synchronization", "completed-sync-errors", 1)
            {
                Advice = "Some objects could not be synchronized; read each object's error in this run and correct the cause.",
                Errors = [new StepError("CN=Ingrid Brandt,OU=Guests", "extension-attribute-not-present", "", null, 0)],
            }],
        },
        ["disk"] = Well with { FreeSpace = 30L << 20 },
        ["telemetry"] = Well with { Undelivered = [new Undelivered(DeliveryKind.Telemetry, "https://westeurope-5.in.applicationinsights.azure.com/v2.1/track", Noon.AddHours(-1), "it cannot be reached (ConnectionError)")] },
        ["report"] = Well with { Undelivered = [new Undelivered(DeliveryKind.Report, @"\\fileserver\mim\report.html", Noon.AddHours(-1), @"Access to the path '\\fileserver\mim\report.html' is denied")] },
        ["messages"] = Well with { DeadChannels = [new DeadChannel("Mail:Gone", 2, Noon.AddHours(-4), "The mail server smtp.contoso.com:587 cannot be reached: Connection refused.")] },
        ["others"] = Well with { Others = [new OthersRuns("AADMA", 40, 96, Noon.AddHours(-23)), new OthersRuns("ADMA", 38, 40, Noon.AddHours(-23))] },
        ["several"] = Well with
        {
            Polls = new PollHealth(Noon, Noon.AddHours(-1), Noon.AddMinutes(-59), 40, "Graph does not answer: no such host is known (graph.microsoft.com)."),
            Snapshot = Failing(3, needsPerson: false, "AADMA Delta Import: no-start-connection.", "no-start-connection", "").Snapshot,
            FreeSpace = 700L << 20,
        },
    };

    private static MatterFacts Held(MatterFacts facts) => facts with { Next = new RecordedDecision("Hold", null, "held", Noon) };

    private static MatterFacts Failing(int count, bool needsPerson, string brief, string result, string advice) => Well with
    {
        Snapshot = Well.Snapshot with
        {
            Pending = new PendingChanges(new Dictionary<ChangeKind, long> { [ChangeKind.Added] = 1 }, 0, Noon.AddMinutes(-3), Noon.AddMinutes(-3), Noon.AddMinutes(-3)),
            Failures = new Dictionary<string, FailureStreak> { ["ChangeDriven"] = new(count, 2, Noon.AddMinutes(-40), $"{brief} {advice}", needsPerson) },
        },
        Pending = [Lena],
        Next = new RecordedDecision("Wait", Noon.AddMinutes(29), "the last ChangeDriven cycle did not end well", Noon),
        Failed =
        [
            new CycleRecord
            {
                Id = 2,
                Function = "GuestChanges",
                Trigger = TriggerKind.GraphDelta,
                Sequence = "ChangeDriven",
                Reason = "1 guest change (1 added) pending",
                StartedAt = Noon.AddMinutes(-41),
                Outcome = CycleOutcome.Failed,
                Failure = $"{brief} {advice}",
                FailureBrief = brief,
                Steps = [new StepRecord { Position = 1, ManagementAgent = "AADMA", RunProfile = "Delta Import", Result = result, Advice = advice }],
            },
        ],
    };
}
