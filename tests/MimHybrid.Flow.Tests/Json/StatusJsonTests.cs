using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Store.Rows;
using static MimHybrid.Flow.Tests.Json.PinnedCycles;

namespace MimHybrid.Flow.Tests.Json;

/// <summary>What <c>status --json</c> prints, byte for byte: one line for each way in which an agent can be.</summary>
public sealed class StatusJsonTests
{
    private static readonly Holder somebody = new(4711, @"CONTOSO\svc-mimhybrid", Noon.AddHours(-5));
    private static readonly RecordedDecision waits =
        new("Wait", Noon.AddHours(1), "no guest changes pending; FallbackCycle is due at 13:00:00", Noon);

    private static readonly StatusReport waiting = new()
    {
        Facts = new MatterFacts
        {
            Now = Noon,
            Holder = somebody,
            Snapshot = new AgentSnapshot { BootedAt = Noon.AddDays(-1), Guests = 42_000 },
            Next = waits,
            HasCursor = true,
            Polls = new PollHealth(Noon, Noon, null, 0, null),
            Credential = new CredentialNote("ManagedIdentity", null, null),
        },
        Zone = TimeZoneInfo.Utc,
        Next = waits,
        LastCycle = Succeeded,
        CursorObtainedAt = Noon.AddMinutes(-1),
    };

    [Fact]
    public Task Every_way_in_which_an_agent_can_be() =>
        Approved.MatchesAsync(string.Concat(Reports().Select(report => report.ToJson() + "\n")), "status.json");

    private static IEnumerable<StatusReport> Reports()
    {
        yield return waiting;
        yield return Facts(facts => facts with { Holder = null });
        yield return waiting with
        {
            Next = new RecordedDecision("Run", Noon, "ForcedRun runs Full: forced by ada", Noon),
            LastCycle = InItsFirstStep,
        };
        yield return Held();
        yield return Facts(facts => facts with
        {
            Polls = new PollHealth(Noon, Noon.AddHours(-2), Noon.AddHours(-1), 30, $"Sign-in failed with AADSTS7000215. {Awkward}"),
            Credential = new CredentialNote("ClientSecret", Noon.AddDays(-1), Noon.AddDays(-31)),
        }) with
        {
            LastCycle = Failed,
        };
        yield return FirstReading();
        yield return Facts(facts => facts with
        {
            Polls = new PollHealth(Noon, null, null, 0, null) { WaitingFor = "the list may be read at 13:05:00" },
            Credential = new CredentialNote("Certificate", Noon.AddDays(10), Noon.AddDays(-20)),
        });
        yield return Facts(facts => facts with { Credential = new CredentialNote("ClientSecret", Noon.AddDays(90), Noon.AddDays(60)) });
        yield return Facts(facts => facts with
        {
            Refused =
            [
                new RefusedExports("ADMA", 3_000_000_000,
                [
                    new RefusedAccount(
                        @"CN=Brandt\, Lena,OU=Guests,DC=sandbox,DC=example", "permission-issue", "8344 Insufficient access rights.", Noon),
                    new RefusedAccount(Awkward, "cd-error", Awkward, Noon.AddDays(-1)),
                ]),
                new RefusedExports("LDAP", 0, []),
            ],
        });
        yield return Facts(facts => facts with
        {
            Beats = [new Heartbeat(AgentLoop.Poller, Noon.AddMinutes(-14), Noon.AddMinutes(-13))],
        });
        yield return waiting with { Rescue = new Rescue(Noon.AddDays(-1), $"The store was no database. {Awkward}") };
        yield return waiting with { CannotTell = "No agent has run here" };
    }

    private static StatusReport Held()
    {
        var holds = new RecordedDecision("Hold", null, "60 guests were removed in the tenant and 40 remain", Noon);
        return Facts(facts => facts with
        {
            Snapshot = facts.Snapshot with
            {
                Pending = Pending((ChangeKind.Removed, 60), (ChangeKind.Added, 1), (ChangeKind.Updated, 2), (ChangeKind.Restored, 3)),
            },
            Next = holds,
            Removals = new HeldRemovals(60, 60, null, null) { Guests = WithEverything.Changes },
        }) with
        {
            Next = holds,
            LastCycle = WithEverything,
        };
    }

    private static StatusReport FirstReading() => Facts(facts => facts with
    {
        Holder = null,
        HasCursor = false,
        Reading = new Baseline("a link", "a fingerprint", Noon.AddMinutes(-2), Pages: 210, Users: 3_000_000_000, Guests: 17),
        Polls = null,
        Credential = null,
    }) with
    {
        LastCycle = null,
        CursorObtainedAt = null,
        Ignored =
        [
            new IgnoredChanges(IgnoredBecause.NotAccepted, 3_000_000_000, Noon),
            new IgnoredChanges(IgnoredBecause.OtherMailDomain, 1, Noon.AddDays(-1)),
        ],
    };

    private static StatusReport Facts(Func<MatterFacts, MatterFacts> change) => waiting with { Facts = change(waiting.Facts) };

    private static PendingChanges Pending(params (ChangeKind Kind, long Count)[] counts) =>
        new(counts.ToDictionary(count => count.Kind, count => count.Count), 60, Noon.AddMinutes(-3), Noon.AddMinutes(-1), null);
}
