using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>What the removal guard holds: who, how many of how many, and both ways out.</summary>
internal static class HeldMatters
{
    private const string MoreThanAllowed = ", more than the removal guard allows";

    private const string Approve = "If they are to go: mimhybrid approve removals.";

    /// <summary>One at a time, in the planner's order: what is held later shows once the first is settled.</summary>
    public static IEnumerable<OpenMatter> Of(MatterFacts facts, MatterWords words)
    {
        if (facts.Next is not { Action: "Hold" }) yield break;
        var snapshot = facts.Snapshot;
        if (snapshot.HeldStaged is { } staged) yield return Staged(facts, staged);
        else if (snapshot.HeldExport is { } export) yield return Export(facts, export);
        else if (facts.Removals is { Removals: > 0 } held && IsHeld(facts, held)) yield return Removed(facts, held, words);
    }

    /// <summary>Without the settings, what is held is what the agent says it waits for.</summary>
    private static bool IsHeld(MatterFacts facts, HeldRemovals held) => facts.Guard is { } guard
        ? !new RemovalGuard(guard).Allows(held.Removals, facts.Snapshot.Guests)
        : facts.Snapshot.Failures.Count == 0;

    private static OpenMatter Removed(MatterFacts facts, HeldRemovals held, MatterWords words)
    {
        var total = held.Removals + facts.Snapshot.Guests;
        var amount = facts.Guard is { } guard
            ? new RemovalGuard(guard).Compare(held.Removals, facts.Snapshot.Guests)
            : $"{held.Removals} of {MatterWords.Count(total, "guest")} were removed in the tenant{MoreThanAllowed}";
        return new OpenMatter("held/removals", Severity.Error, $"Nothing runs: {amount}",
            $"{Approve} If not: restore them in Entra (Users, Deleted users, within 30 days); the agent goes on by itself then.")
        {
            Details =
            [
                .. held.Guests.Select(guest => $"{MatterWords.Person(guest)}, removed {words.Clock(guest.DetectedAt)}"),
                .. MatterWords.More(held.Removals - held.Guests.Count),
            ],
            Unnamed = [],
            Since = held.Guests.Count > 0 ? held.Guests[0].DetectedAt : null,
        };
    }

    private static OpenMatter Staged(MatterFacts facts, HeldDeletes held) => new("held/staged", Severity.Error,
        $"Nothing runs: an import on {held.ManagementAgent} found {MatterWords.Count(held.Deletes, "deletion")}"
            + Limit(facts, guard => guard.StagedLimit(held.Deletes)),
        $"{Approve} If not: correct what made {held.ManagementAgent} lose them, run its import in Synchronization Service "
            + "Manager, and approve when nothing is left to delete.")
    {
        Details = [Look(held, "Pending Import")],
    };

    private static OpenMatter Export(MatterFacts facts, HeldDeletes held) => new("held/export", Severity.Error,
        $"Nothing runs: the export of {held.ManagementAgent} would delete {MatterWords.Count(held.Deletes, "account")}"
            + Limit(facts, guard => guard.ExportLimit(held.Deletes)),
        $"{Approve} If not: correct what made MIM want to delete them, run the synchronization in Synchronization Service Manager, and "
            + "approve when nothing is left to delete.")
    {
        Details = [Look(held, "Pending Export")],
    };

    /// <summary>Where the settings cannot be read, nobody knows the number.</summary>
    private static string Limit(MatterFacts facts, Func<RemovalGuard, string> say) =>
        facts.Guard is { } guard ? $"; {say(new RemovalGuard(guard))}" : MoreThanAllowed;

    private static string Look(HeldDeletes held, string scope) => $"Found by cycle {held.Cycle}. {held.WhereToSee(scope)}";
}
