using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Agent.Hosting;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Flow.Tests;

/// <summary>
/// The agent's polls against a Graph that counts resource units and remembers who was told to wait
/// (MimHybrid.Graph/README.md#throttling).
/// </summary>
public sealed class ThrottlingTests
{
    private const int Guests = 7;

    /// <summary>Far less than reading the tenant takes, and slow to come back.</summary>
    private static readonly ThrottleLimit Tight = new(2, TimeSpan.FromHours(2));

    [Theory]
    [InlineData(RetryAfterForm.Seconds)]
    [InlineData(RetryAfterForm.Date)]
    [InlineData(RetryAfterForm.None)]
    public async Task The_agent_comes_back_when_it_was_told_to_and_not_earlier_and_misses_nothing(RetryAfterForm form)
    {
        await using var world = await World.StartAsync();
        for (var guest = 0; guest < Guests; guest++) world.People.Invite($"Guest {guest}", $"guest{guest}@fabrikam.example");
        world.Tenant.Throttling.Limit = Tight with { RetryAfter = form };
        using var poller = NewPoller(world);

        for (var polls = 0; polls < 60; polls++)
        {
            if (polls % 10 == 0) world.People.Invite($"Guest {Guests + polls}", $"guest{Guests + polls}@fabrikam.example");
            world.Pass(await poller.PollAsync(TestContext.Current.CancellationToken));
        }

        Assert.True(world.Tenant.Requests.Count(request => request.Status == 429) > 3);
        Assert.DoesNotContain(world.Tenant.Requests.All, request => request.CameTooEarly);

        world.Tenant.Throttling.Limit = null;
        await poller.PollAsync(TestContext.Current.CancellationToken);
        Assert.Null(poller.LastFailure);
        Assert.Equal(Guests + 6, world.Store.Reader.CountLiveGuests());
    }

    /// <summary>MSAL refuses by itself meanwhile: to come earlier would only be told the same.</summary>
    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_wait_that_the_sign_in_asks_for_is_kept_as_one_of_Graph_is(int status)
    {
        await using var world = await World.StartAsync();
        var refusal = new Fault.Answer(status, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "600" } };
        world.Tenant.Faults.Next(refusal, when: request => request.IsTokenRequest);
        using var poller = NewPoller(world);
        Assert.Equal(TimeSpan.FromSeconds(600), await poller.PollAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Agents_that_fail_shortly_after_each_other_come_back_apart()
    {
        await using var world = await World.StartAsync();
        world.Tenant.Faults.Outage = true;
        using var one = NewPoller(world);
        using var other = NewPoller(world);
        var first = await one.PollAsync(TestContext.Current.CancellationToken);
        world.Pass(TimeSpan.FromMilliseconds(100));
        var second = await other.PollAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(first, second);
        Assert.All([first, second], wait => Assert.InRange(wait, world.Settings.Backoff.First * 0.8, world.Settings.Backoff.First));
    }

    private static GuestChangePoller NewPoller(World world) =>
        new(world.Trigger, world.Store.Guests, world.Settings, world.Clock, NullLogger<GuestChangePoller>.Instance);
}
