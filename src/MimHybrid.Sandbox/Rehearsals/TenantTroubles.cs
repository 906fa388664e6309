using MimHybrid.Sandbox.Tenant;
using static MimHybrid.Sandbox.Rehearsals.Cast;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>The tenant is away, slow, forgetful, or loses many guests at once.</summary>
internal static class TenantTroubles
{
    /// <summary>Half of them are more than the removal guard's ten percent, and at least five (RemovalGuard:PercentFrom).</summary>
    private const int GuestsBeforeRemoval = 12;

    public static IEnumerable<Rehearsal> All { get; } =
    [
        new("mass-removal", "Half of the guests are deleted at once: the removal guard holds everything until a person approves.",
            MassRemovalAsync),
        new("graph-outage", "Microsoft Graph is away for a while: the agent says so once and catches up.", GraphOutageAsync),
        new("throttling", "Microsoft Graph answers 429 with Retry-After: the agent waits as long as it is told.", ThrottlingAsync),
        new("dead-token", "The delta tokens are no longer known: the agent reads the whole tenant again, and AADMA needs a full import.",
            DeadTokenAsync),
        new("lag", "AADMA does not see yet what the agent has seen already: it compares, waits and imports again.", LagAsync),
    ];

    private static async Task MassRemovalAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        while (stage.Tenant.Directory.Guests.Count < GuestsBeforeRemoval) stage.Guests.InviteOne();
        await stage.OpenAsync(cancellationToken);

        var guests = stage.Tenant.Directory.Guests;
        TenantUser[] leaving = [.. guests.Take((guests.Count + 1) / 2)];
        stage.Say($"somebody deletes {leaving.Length} of {guests.Count} guests");
        foreach (var guest in leaving) stage.Tenant.Directory.Delete(guest.Id);

        await stage.UntilSeenAsync(cancellationToken);
        stage.Say("they will be approved in 15 seconds, unless you are faster: mimhybrid approve removals --sandbox");
        await stage.PassAsync(15, cancellationToken);
        stage.Say(stage.ApproveRemovals() ? "an administrator has approved the removals" : "the removals were approved already");
        if (await stage.GoneAsync(leaving, cancellationToken)) stage.Say("the accounts of those who left are deleted");

        stage.Say("it was a mistake after all: an administrator restores them from the tenant's deleted items");
        foreach (var guest in leaving) stage.Tenant.Directory.Restore(guest.Id);
        await stage.CarriedAsync(leaving[^1], cancellationToken);
    }

    private static async Task GraphOutageAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("Microsoft Graph and the sign-in drop every connection");
        stage.Tenant.Faults.Outage = true;
        var guest = stage.Guests.InviteOne();
        await stage.NextPollAsync(cancellationToken);
        await stage.PassAsync(10, cancellationToken);

        stage.Say("they answer again");
        stage.Tenant.Faults.Outage = false;
        await stage.CarriedAsync(guest, cancellationToken);
    }

    private static async Task ThrottlingAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say(
            "Microsoft Graph answers the agent's next two polls with 429 and Retry-After: 8, and AADMA's next read with Retry-After: 4");
        stage.Tenant.Faults.Next(Fault.Throttled(8), count: 2, request => request is { IsDelta: true, IsFromManagementAgent: false });
        stage.Tenant.Faults.Next(Fault.Throttled(4), count: 1, request => request is { IsDelta: true, IsFromManagementAgent: true });
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task DeadTokenAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        stage.Say("Microsoft Graph forgets all delta tokens, those of the agent and of AADMA");
        stage.Tenant.ExpireDeltaTokens();
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    private static async Task LagAsync(RehearsalStage stage, CancellationToken cancellationToken)
    {
        // The agent calls nobody missing whom its first cycle may have brought: it must have looked since.
        await stage.UntilSeenAsync(cancellationToken);
        stage.Say($"{Source}'s next two delta reads find nothing, although the agent's found somebody");
        stage.Tenant.Faults.Next(new Fault.NothingYet(), count: 2, IsDeltaOfManagementAgent);
        await stage.CarriedAsync(stage.Guests.InviteOne(), cancellationToken);
    }

    /// <summary>With a token: a full import begins without one and sees everything.</summary>
    private static bool IsDeltaOfManagementAgent(RecordedRequest request) =>
        request is { IsDelta: true, IsFromManagementAgent: true } && request.PathAndQuery.Contains("deltatoken", StringComparison.Ordinal);
}
