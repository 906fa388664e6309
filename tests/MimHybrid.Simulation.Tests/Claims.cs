using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Simulation.Tests;

/// <summary>What holds at the end, whatever happened before.</summary>
internal static class Claims
{
    public const string EveryExportIsConfirmed = "every export is confirmed by the next good cycle";
    public const string AnApprovalPassesOnce = "an approval passes once, never twice, never zero times";
    public const string UnconfirmedDeletesAreWhatWasExported = "unconfirmed deletions are what was exported";

    private sealed record Person(string? DisplayName, string? Mail, string? GivenName, string? Surname, string? UserPrincipalName);

    public static void EveryGuestHasAnAccountAndNobodyElse(World world) => Assert.Equal(
        InOrder(world.People.Guests.Select(guest => new Person(guest.DisplayName, guest.Mail, guest["givenName"], guest["surname"], guest.UserPrincipalName))),
        InOrder(world.Mim.Directory.Accounts.Select(account =>
            new Person(account.DisplayName, account.Mail, account.GivenName, account.Surname, account.UserPrincipalName))));

    public static void TheAgentKnowsEveryGuestAndNobodyElse(World world)
    {
        var guests = world.People.Guests.ToDictionary(guest => guest.Id);
        var known = world.Store.Guests.FindGuests(guests.Keys);
        Assert.Equal(guests.Count, world.Store.Reader.CountLiveGuests());
        Assert.All(guests.Values, guest =>
            Assert.Equal((GuestState.Live, guest.DisplayName, guest.Mail), (known[guest.Id].State, known[guest.Id].Name, known[guest.Id].Mail)));
    }

    public static void NothingIsPending(AgentStore store) => Assert.Empty(store.Reader.ReadPendingChanges(most: 10));

    /// <summary>
    /// Nothing follows a failed step but the same step, tried again, or a full import where MIM wants one; and no cycle ends well on one
    /// that failed (src/README.md#statement-5).
    /// </summary>
    public static void NoStepFollowsAFailedOne(IReadOnlyList<CycleRecord> log) => Assert.All(log, cycle =>
    {
        Assert.All(cycle.Steps.Zip(cycle.Steps.Skip(1)), pair => Assert.True(
            EndedWell(pair.First) || pair.First.Result is "no-start-full-import-required"
                || (pair.First.ManagementAgent, pair.First.RunProfile) == (pair.Second.ManagementAgent, pair.Second.RunProfile),
            $"Cycle {cycle.Id} went on after {pair.First.ManagementAgent} {pair.First.RunProfile}: {pair.First.Result}"));
        Assert.True(
            cycle.Steps is not [.., var last] || !cycle.EndedWell || EndedWell(last),
            $"Cycle {cycle.Id} ended well on {string.Join(", ", cycle.Steps.Select(step => step.Result))}");
    });

    /// <summary>Cycles of one agent never overlap, and none goes on for ever.</summary>
    public static void CyclesNeverOverlap(IReadOnlyList<CycleRecord> log)
    {
        Assert.DoesNotContain(log, cycle => cycle.Outcome == CycleOutcome.Running);
        Assert.All(log.Zip(log.Skip(1)), pair => Assert.True(pair.First.EndedAt <= pair.Second.StartedAt, $"Cycles {pair.First.Id} and {pair.Second.Id} overlap."));
    }

    private static bool EndedWell(StepRecord step) => step.SkippedBecause is not null || step.Result is "success" or "completed-no-objects";

    private static IEnumerable<Person> InOrder(IEnumerable<Person> people) => people.OrderBy(person => person.ToString(), StringComparer.Ordinal);
}
