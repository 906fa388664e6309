using System.Globalization;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Sandbox.Tests.Tenant;

/// <summary>Resource units, and what happens to who asks for more of them than there are (MimHybrid.Graph/README.md#throttling).</summary>
public sealed class ThrottlingTests
{
    private static readonly ThrottleLimit Ten = new(10, TimeSpan.FromSeconds(20));

    [Theory]
    [InlineData("/users", "2")]
    [InlineData("/users?$select=id", "1")]
    [InlineData("/users?$top=5", "1")]
    [InlineData("/users?$top=20", "2")]
    [InlineData("/users?$top=5&$select=id", "1")]
    [InlineData("/users?$expand=manager&$select=id", "2")]
    [InlineData("/users/delta", "1")]
    [InlineData("/users/delta?$select=displayName", "1")]
    [InlineData("/users/nobody", "1")]
    public async Task Each_answer_says_what_it_cost(string path, string units)
    {
        await using var running = await RunningTenant.StartAsync();
        var reply = await running.Client.GetAsync(path);
        Assert.Equal((units, "", ""), (reply.Header("x-ms-resource-unit"), reply.Header("x-ms-throttle-limit-percentage"), reply.Header("Retry-After")));
    }

    [Fact]
    public async Task Above_four_fifths_of_the_limit_the_answers_say_how_much_is_used()
    {
        await using var running = await StartAsync(Ten);
        var told = new List<string>();
        for (var request = 0; request < 10; request++) told.Add((await AskAsync(running)).Header("x-ms-throttle-limit-percentage"));
        Assert.Equal(["", "", "", "", "", "", "", "", "0.9", "1.0"], told);
    }

    [Fact]
    public async Task Who_has_used_up_the_limit_is_told_why_and_until_when()
    {
        await using var running = await StartUsedUpAsync(Ten);
        var reply = await AskAsync(running);
        Assert.Equal((429, "TooManyRequests", "1.1"), (reply.Status, reply.ErrorCode, reply.Header("x-ms-throttle-limit-percentage")));
        Assert.Equal(
            ($"Tenant_Application/ReadWrite/{running.Tenant.ClientId}/{running.Tenant.TenantId}", "ResourceUnitLimitExceeded", "1"),
            (reply.Header("x-ms-throttle-scope"), reply.Header("x-ms-throttle-information"), reply.Header("x-ms-resource-unit")));
        Assert.Equal("2", reply.Header("Retry-After"));
    }

    [Theory]
    [InlineData(RetryAfterForm.Seconds)]
    [InlineData(RetryAfterForm.Date)]
    public async Task Who_waits_as_long_as_told_is_served_again(RetryAfterForm form)
    {
        await using var running = await StartUsedUpAsync(Ten with { RetryAfter = form });
        running.Clock.Advance(TimeSpan.FromMilliseconds(400));
        running.Clock.Advance(Told(await AskAsync(running), running));
        Assert.Equal(200, (await AskAsync(running)).Status);
        Assert.DoesNotContain(running.Tenant.Requests.All, request => request.CameTooEarly);
    }

    [Fact]
    public async Task Who_comes_back_too_early_is_recorded_and_waits_anew()
    {
        await using var running = await StartUsedUpAsync(Ten);
        var told = Told(await AskAsync(running), running);
        running.Clock.Advance(told - TimeSpan.FromTicks(1));
        Assert.Equal(told, Told(await AskAsync(running), running));
        running.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(429, (await AskAsync(running)).Status);
        running.Clock.Advance(told);
        Assert.Equal(200, (await AskAsync(running)).Status);
        Assert.Equal(2, running.Tenant.Requests.Count(request => request.CameTooEarly));
    }

    [Fact]
    public async Task Without_Retry_After_nobody_knows_and_nobody_is_too_early()
    {
        await using var running = await StartUsedUpAsync(Ten with { RetryAfter = RetryAfterForm.None });
        var reply = await AskAsync(running);
        Assert.Equal((429, ""), (reply.Status, reply.Header("Retry-After")));
        Assert.Equal(429, (await AskAsync(running)).Status);
        running.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, (await AskAsync(running)).Status);
        Assert.DoesNotContain(running.Tenant.Requests.All, request => request.CameTooEarly);
    }

    private static async Task<RunningTenant> StartAsync(ThrottleLimit limit)
    {
        var running = await RunningTenant.StartAsync();
        running.Tenant.Throttling.Limit = limit;
        return running;
    }

    private static async Task<RunningTenant> StartUsedUpAsync(ThrottleLimit limit)
    {
        var running = await StartAsync(limit);
        for (var request = 0; request < limit.Units; request++) Assert.Equal(200, (await AskAsync(running)).Status);
        return running;
    }

    private static Task<Reply> AskAsync(RunningTenant running) => running.Client.GetAsync("/users/delta");

    private static TimeSpan Told(Reply reply, RunningTenant running)
    {
        Assert.Equal(429, reply.Status);
        var text = reply.Header("Retry-After");
        return int.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) - running.Clock.GetUtcNow();
    }
}
