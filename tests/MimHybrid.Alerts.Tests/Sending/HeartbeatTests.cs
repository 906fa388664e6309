using Microsoft.Extensions.Time.Testing;
using MimHybrid.Alerts.Channels;
using MimHybrid.Alerts.Planning;
using MimHybrid.Alerts.Sending;
using MimHybrid.Alerts.Settings;
using MimHybrid.Alerts.Tests.Channels;
using MimHybrid.Alerts.Tests.Words;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Planning;
using MimHybrid.Store.Rows;

namespace MimHybrid.Alerts.Tests.Sending;

/// <summary>What a dead man's switch hears, over real HTTPS.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private readonly HttpClient client = HookCatcher.MakeClient();
    private readonly FakeTimeProvider time = new(Troubles.Noon);
    private readonly LogKeeper log = new();
    private readonly AlertSettings settings = new();

    [Fact]
    public async Task It_beats_once_after_each_good_poll_and_not_more_than_once_a_minute()
    {
        await using var server = await HookCatcher.StartAsync();
        settings.Heartbeat.Address = server.Address;
        var sender = Sender();

        foreach (var second in new[] { 0, 1, 30, 60, 61, 119, 120 }) await BeatAsync(sender, Polled(second), second);
        Assert.Equal(3, server.Posted.Count);
        await BeatAsync(sender, Polled(120), 600); // nothing has happened since
        Assert.Equal(3, server.Posted.Count);
        Assert.All(server.Asked, asked => Assert.Equal("GET /hook?sig=planted-key", asked));
    }

    [Fact]
    public async Task It_says_so_while_something_needs_a_person_and_a_warning_is_none()
    {
        await using var server = await HookCatcher.StartAsync();
        (settings.Heartbeat.Address, settings.Heartbeat.Method) = (server.Address, HeartbeatMethod.Post);
        var sender = Sender();

        await BeatAsync(sender, Polled(0), 0);
        await BeatAsync(sender, Polled(60) with { FreeSpace = 700L << 20 }, 60);
        await BeatAsync(sender, Polled(120) with { Refused = Troubles.All["refused"].Refused }, 120);
        await BeatAsync(sender, Troubles.Well with { Polls = new PollHealth(At(180), At(120), At(-3600), 60, "Graph does not answer.") }, 180);

        Assert.Equal(["POST /hook?sig=planted-key", "POST /hook?sig=planted-key", "POST /hook/fail?sig=planted-key", "POST /hook/fail?sig=planted-key"], server.Asked);
        Assert.Equal("""{"status":"fail","server":"MIM01","open":1}""", server.Posted[2].Body);
    }

    [Fact]
    public async Task A_good_cycle_beats_where_nobody_polls()
    {
        await using var server = await HookCatcher.StartAsync();
        settings.Heartbeat.Address = server.Address;
        await BeatAsync(Sender(), Troubles.Well with { Polls = null }, 0);
        Assert.Single(server.Posted);
    }

    /// <summary>Told once, whatever it answers, with no address in it; no redirect is followed.</summary>
    [Fact]
    public async Task A_dead_address_is_told_once_and_so_is_its_return()
    {
        var code = 301;
        await using var server = await HookCatcher.StartAsync(context =>
        {
            (context.Response.StatusCode, context.Response.Headers.Location) = (code, "/elsewhere");
            return Task.CompletedTask;
        });
        settings.Heartbeat.Address = server.Address;
        var sender = Sender();

        for (var minute = 0; minute < 3; minute++) await BeatAsync(sender, Polled(minute * 60), minute * 60);
        code = 200;
        for (var minute = 3; minute < 6; minute++) await BeatAsync(sender, Polled(minute * 60), minute * 60);

        Assert.Equal(6, server.Posted.Count);
        Assert.Equal([6020, 6021], log.Lines.Select(line => line.Id));
        Assert.Contains("has moved (HTTP 301)", log.Lines[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("planted-key", string.Concat(log.Lines.Select(line => line.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_gets_no_heartbeat()
    {
        await using var server = await HookCatcher.StartAsync();
        settings.Heartbeat.Address = server.Address;
        using var strict = HttpTrouble.MakeClient();
        await BeatAsync(Sender(strict), Polled(0), 0);
        Assert.Empty(server.Posted);
        Assert.Contains("a certificate that this server does not trust", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        client.Dispose();
        log.Dispose();
    }

    private static DateTimeOffset At(int second) => Troubles.Noon.AddSeconds(second);

    private static MatterFacts Polled(int second) => Troubles.Well with { Polls = new PollHealth(At(second), At(second), null, 0, null) };

    private Task BeatAsync(HeartbeatSender sender, MatterFacts facts, int second)
    {
        time.SetUtcNow(At(second));
        return sender.BeatAsync(() => facts with { Now = time.GetUtcNow() }, TestContext.Current.CancellationToken);
    }

    private HeartbeatSender Sender(HttpClient? with = null) => new(
        new AlertSetup(settings, new MaintenanceCalendar([], TimeZoneInfo.Utc), new AlertRules(), "MIM01"), new HttpWay(with ?? client), time, log.For<HeartbeatSender>());
}
