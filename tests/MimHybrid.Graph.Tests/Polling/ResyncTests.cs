using MimHybrid.Sandbox.Tenant;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>A person asks for a new reading of the tenant (<c>mimhybrid resync</c>).</summary>
public sealed class ResyncTests
{
    private const string Anna = "CONTOSO\\anna";

    private static void Ask(WatchedTenant watched) => watched.Store.Requests.RequestResync(Anna, watched.Clock.GetUtcNow());

    [Fact]
    public async Task The_next_poll_reads_the_tenant_anew_and_compares_once()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();

        Ask(watched);
        Ask(watched);
        Assert.Equal(new PollResult.BaselineRead(Users: 2, Guests: 1, Changes: 0), await watched.PollAsync());
        Assert.Contains(Anna, Assert.Single(watched.Logs.Lines, line => line.Id == 2004).Text, StringComparison.Ordinal);
        Assert.IsType<PollResult.Unchanged>(await watched.PollAsync());
    }

    [Fact]
    public async Task A_reading_in_progress_is_begun_anew()
    {
        await using var watched = await WatchedTenant.StartAsync(new SandboxTenantOptions { Pages = new PageShape { Size = 1 } });
        for (var number = 0; number < 3; number++) watched.People.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
        watched.FailLaterPage(Fault.Unavailable());
        await watched.PollInVainAsync();

        Ask(watched);
        watched.Tenant.Requests.Clear();
        Assert.Equal(new PollResult.BaselineRead(3, 3, 3), await watched.PollAsync());
        Assert.Equal(1, watched.CountBeginnings());
    }

    [Fact]
    public async Task A_reading_that_was_not_believed_is_repeated_without_its_pause_and_still_has_to_agree()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var lena = watched.People.Invite("Lena Brandt", "lena@fabrikam.example");
        await watched.PollAsync();
        watched.TakeChanges();
        watched.People.Delete(lena.Id);
        Ask(watched);
        Assert.Equal(PollFailureClass.Doubtful, (await watched.PollInVainAsync()).Class);
        Assert.Equal(PollFailureClass.Doubtful, (await watched.PollInVainAsync()).Class);
        Assert.Empty(watched.TakeChanges());

        Ask(watched);
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        Assert.Equal(ChangeKind.Removed, Assert.Single(watched.TakeChanges()).Kind);
    }
}
