using MimHybrid.Sandbox.SyncServer.Service;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Rehearsals;

/// <summary>
/// The world that a rehearsal plays in, and the words in which rehearsals are written. They see what the world sees, runs and accounts, and
/// of the agent only whether it is in a cycle; the agent cannot tell a rehearsal from the real thing.
/// </summary>
public sealed class RehearsalStage
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>How long nothing may run, and nothing wait for a run, before the agent is taken to have nothing to do.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>How long the agent's first cycle may take: it begins with reading the whole tenant.</summary>
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromMinutes(3);

    /// <summary>A rehearsal goes on even where what it waits for does not come: what is wrong then is what there is to see.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public required SandboxTenant Tenant { get; init; }

    public required SandboxSyncServer SyncServer { get; init; }

    /// <summary>The people who come and go.</summary>
    public required GuestScenario Guests { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Told each act in plain words.</summary>
    public required Action<string> Say { get; init; }

    /// <summary>Approves the removals that the agent holds, as an administrator would; false when it holds none.</summary>
    public required Func<bool> ApproveRemovals { get; init; }

    /// <summary>
    /// Whether the agent is in a cycle: between two of its steps the server looks idle, for longer on a machine that does much else.
    /// </summary>
    public required Func<bool> CycleRuns { get; init; }

    /// <summary>Told when the acts begin: what the agent did before is no part of them.</summary>
    public Action Begins { get; init; } = () => { };

    /// <summary>How somebody reads afterwards what the agent made of it.</summary>
    public Func<string> ReadIt { get; init; } = () => "mimhybrid log";

    public Task PassAsync(int seconds, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), Time, cancellationToken);

    /// <summary>Waits for the agent's first cycle: every guest has an account, and nothing runs.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await UntilAsync(() => Tenant.Directory.Guests.All(HasAccount), OpeningPatience, cancellationToken);
        await UntilQuietAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until the agent has seen what the tenant is like now: it has asked, and it asks again only when it is done with the answer.
    /// </summary>
    public async Task UntilSeenAsync(CancellationToken cancellationToken)
    {
        await NextPollAsync(cancellationToken);
        await NextPollAsync(cancellationToken);
    }

    /// <summary>Waits until the agent asks the tenant for changes.</summary>
    public async Task NextPollAsync(CancellationToken cancellationToken)
    {
        var poll = Tenant.Requests.NextAsync(request => request is { IsDelta: true, IsFromManagementAgent: false }, cancellationToken);
        await UntilAsync(() => poll.IsCompleted, cancellationToken);
    }

    /// <summary>Waits until the next run of the agent that reads guests has begun.</summary>
    public Task UntilNextRunAsync(CancellationToken cancellationToken)
    {
        var before = LastNumber();
        return UntilAsync(() => LastNumber() > before, cancellationToken);

        int LastNumber() => SyncServer.LastRuns.FirstOrDefault(run => run.ManagementAgent == Cast.Source)?.RunNumber ?? 0;
    }

    /// <summary>Waits until the guest has an account, which is what it is all for, and says how long that took.</summary>
    public async Task CarriedAsync(TenantUser guest, CancellationToken cancellationToken)
    {
        var asked = Time.GetUtcNow();
        var carried = await UntilAsync(() => HasAccount(guest), cancellationToken);
        Say(carried
            ? $"{guest.DisplayName} has an account, {(Time.GetUtcNow() - asked).TotalSeconds:0} seconds later"
            : $"{guest.DisplayName} still has no account after {Patience.TotalSeconds:0} seconds");
        await UntilQuietAsync(cancellationToken);
    }

    /// <summary>Waits until none of the guests has an account any more.</summary>
    public Task<bool> GoneAsync(IReadOnlyList<TenantUser> guests, CancellationToken cancellationToken) =>
        UntilAsync(() => !guests.Any(HasAccount), cancellationToken);

    public async Task UntilQuietAsync(CancellationToken cancellationToken)
    {
        var (runs, since) = (SyncServer.LastRuns, Time.GetUtcNow());
        await UntilAsync(
            () =>
            {
                var now = SyncServer.LastRuns;
                if (!SyncServer.IsSettled || now.Any(run => run.IsGoing) || !now.SequenceEqual(runs) || CycleRuns())
                    (runs, since) = (now, Time.GetUtcNow());
                return Time.GetUtcNow() - since >= Quiet;
            },
            cancellationToken);
    }

    private Task<bool> UntilAsync(Func<bool> come, CancellationToken cancellationToken) => UntilAsync(come, Patience, cancellationToken);

    private async Task<bool> UntilAsync(Func<bool> come, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var end = Time.GetUtcNow() + patience; !come(); await Task.Delay(Look, Time, cancellationToken))
        {
            if (Time.GetUtcNow() >= end) return false;
        }

        return true;
    }

    private bool HasAccount(TenantUser guest) =>
        SyncServer.Directory.Accounts.Any(account => string.Equals(account.Mail, guest.Mail, StringComparison.OrdinalIgnoreCase));
}
