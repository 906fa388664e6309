using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Settings;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>Ways in which an agent can be, as <c>status</c> finds them.</summary>
internal static class Scenes
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    public static readonly Holder Somebody = new(4711, @"CONTOSO\MIMSyncUser", Noon.AddHours(-5));

    public static readonly GuestChange Lena = new("u1", ChangeKind.Added, "Lena Brandt", "lena.brandt@fabrikam.example", Noon.AddMinutes(-3));

    public static readonly RecordedDecision Waits =
        new("Wait", Noon.AddHours(1), "no guest changes pending; FallbackCycle is due at 13:00:00", Noon);

    public static StatusReport Well => Report(new MatterFacts
    {
        Now = Noon,
        Snapshot = new AgentSnapshot { BootedAt = Noon.AddDays(-1), Guests = 14 },
        Holder = Somebody,
        HasCursor = true,
        Beats = [new Heartbeat(AgentLoop.Poller, Noon, Noon.AddMinutes(1)), new Heartbeat(AgentLoop.Cycles, Noon, Noon.AddMinutes(1))],
        Guard = new RemovalGuardSettings(),
        Polls = new PollHealth(Noon.AddSeconds(-1), Noon.AddSeconds(-1), null, 0, null),
        Credential = new CredentialNote("Certificate", Noon.AddDays(200), Noon.AddDays(170)),
    });

    public static StatusReport Refused => Facts(Well, facts => facts with
    {
        Refused =
        [
            new RefusedExports("ADMA", 1,
            [
                new RefusedAccount(
                    "CN=Mateo Hoffmann,OU=Guests,DC=contoso,DC=example", "permission-issue",
                    "8344 Insufficient access rights to perform the operation.", Noon.AddMinutes(-2)),
            ]),
        ],
        Mails = new Dictionary<string, string> { ["Mateo Hoffmann"] = "mateo.hoffmann@fabrikam.example" },
    }) with
    {
        LastCycle = Cycle(CycleOutcome.SucceededWithFindings, new StepRecord
        {
            Position = 3,
            ManagementAgent = "ADMA",
            RunProfile = "Export",
            Result = "completed-export-errors",
            RunNumber = 6,
            Refused = 1,
            ErrorCount = 1,
            Counters = new StepCounters { Export = new() { ["export-add"] = 2, ["export-failure"] = 1 } },
        }),
    };

    public static StatusReport Held
    {
        get
        {
            GuestChange[] removed =
            [
                .. new[] { "Rafael Costa", "Hanna Virtanen", "Ivo Maric", "Leila Karimi", "Felix Winter", "Carmen Ortega" }.Select(name =>
                    new GuestChange(name, ChangeKind.Removed, name, $"{name.Replace(' ', '.').ToLowerInvariant()}@fabrikam.example", Noon.AddMinutes(-4))),
            ];
            return Next(Facts(Well, facts => facts with
            {
                Snapshot = facts.Snapshot with
                {
                    Guests = 6,
                    Pending = new PendingChanges(new Dictionary<ChangeKind, long> { [ChangeKind.Removed] = 6 }, 6, Noon.AddMinutes(-4), Noon.AddMinutes(-4), null),
                },
                Removals = new HeldRemovals(20, 6, null, null) { Guests = removed },
                Pending = removed,
            }), new RecordedDecision("Hold", null, "6 guests were removed in the tenant and 6 remain", Noon));
        }
    }

    public static StatusReport DeadConnection => Facts(Well, facts => facts with
    {
        Polls = new PollHealth(Noon, Noon.AddHours(-2), Noon.AddHours(-1), 30,
            "The sign-in to Microsoft Entra failed: AADSTS7000215, the client secret is not the application's. Make a new one and set Graph:ClientSecret."),
        Credential = new CredentialNote("ClientSecret", Noon.AddDays(-1), Noon.AddDays(-31)),
    });

    public static StatusReport NoCredentials
    {
        get
        {
            const string brief = "AADMA Delta Import (Stage Only): no-start-credentials.";
            const string advice = "The directory refused the account that the management agent signs in with; correct it in the management agent's "
                + "properties, Connectivity (Graph) or Connect to Active Directory Forest.";
            var failed = Cycle(CycleOutcome.Failed, new StepRecord
            {
                Position = 1,
                ManagementAgent = "AADMA",
                RunProfile = "Delta Import (Stage Only)",
                Result = "no-start-credentials",
                RunNumber = 3,
                Advice = advice,
            }) with
            {
                Failure = $"{brief} {advice}",
                FailureBrief = brief,
            };
            return Next(Facts(Well, facts => facts with
            {
                Snapshot = facts.Snapshot with
                {
                    Pending = new PendingChanges(new Dictionary<ChangeKind, long> { [ChangeKind.Added] = 1 }, 0, Noon.AddMinutes(-3), Noon.AddMinutes(-3), Noon.AddMinutes(-3)),
                    Failures = new Dictionary<string, FailureStreak> { ["ChangeDriven"] = new(1, 2, Noon.AddMinutes(-1), failed.Failure!, NeedsPerson: true) },
                },
                Failed = [failed],
                Pending = [Lena],
            }), new RecordedDecision("Hold", Noon.AddMinutes(29), $"the last ChangeDriven cycle did not end well: {failed.Failure}", Noon)) with
            {
                LastCycle = failed,
            };
        }
    }

    public static StatusReport NoAgent => Facts(Well, facts => facts with { Holder = null, Beats = [] });

    public static StatusReport Silent => Facts(Well, facts => facts with
    {
        Beats = [new Heartbeat(AgentLoop.Poller, Noon.AddMinutes(-14), Noon.AddMinutes(-13)), new Heartbeat(AgentLoop.Cycles, Noon, Noon.AddMinutes(1))],
    });

    public static StatusReport SeveralMatters => Facts(Refused, facts => facts with
    {
        Credential = new CredentialNote("ClientSecret", Noon.AddDays(10), Noon.AddDays(-20)),
        Findings =
        [
            new StepFinding(2, "AADMA", "Delta Synchronization", "completed-sync-errors", 1)
            {
                Advice = "Some objects could not be synchronized; read each object's error in this run and correct the cause.",
                Errors = [new StepError("CN=Ingrid Brandt,OU=Guests", "extension-attribute-not-present", "", null, 0)],
            },
        ],
        Polls = facts.Polls! with { FailingSince = Noon.AddMinutes(-5), Failures = 4, Error = "Graph does not answer: no such host is known." },
    });

    public static StatusReport Facts(StatusReport report, Func<MatterFacts, MatterFacts> change) => report with { Facts = change(report.Facts) };

    public static CycleRecord Cycle(CycleOutcome outcome, params StepRecord[] steps) => new()
    {
        Id = 2,
        Function = "GuestChanges",
        Trigger = TriggerKind.GraphDelta,
        Sequence = "ChangeDriven",
        Reason = "1 guest change (1 added) pending",
        StartedAt = Noon.AddMinutes(-3),
        EndedAt = Noon.AddMinutes(-2),
        Outcome = outcome,
        Changes = [Lena],
        Steps = steps,
    };

    private static StatusReport Next(StatusReport report, RecordedDecision next) => Facts(report, facts => facts with { Next = next }) with { Next = next };

    private static StatusReport Report(MatterFacts facts) => new()
    {
        Facts = facts with { Next = Waits },
        Zone = TimeZoneInfo.Utc,
        Next = Waits,
        CursorObtainedAt = Noon.AddMinutes(-1),
        LastCycle = Cycle(CycleOutcome.Succeeded, new StepRecord
        {
            Position = 3,
            ManagementAgent = "ADMA",
            RunProfile = "Export",
            Result = "success",
            Counters = new StepCounters { Export = new() { ["export-add"] = 1 } },
        }),
    };
}
