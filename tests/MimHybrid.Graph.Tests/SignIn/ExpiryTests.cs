using Microsoft.Extensions.Logging;
using MimHybrid.Graph.Tests.Polling;
using MimHybrid.Store.Rows;

namespace MimHybrid.Graph.Tests.SignIn;

/// <summary>The end of a credential is told before it comes. The tests' clock begins on 2026-11-22, 08:00.</summary>
public sealed class ExpiryTests
{
    private static IEnumerable<(LogLevel, string)> Warnings(WatchedTenant watched) =>
        watched.Logs.Lines.Where(line => line.Id == 2090).Select(line => (line.Level, line.Text));

    [Fact]
    public async Task A_secret_whose_end_nobody_stated_is_noted_and_nothing_more()
    {
        await using var watched = await WatchedTenant.StartAsync();
        await watched.PollAsync();
        Assert.Equal(new CredentialNote("ClientSecret", null, null), watched.Store.Reader.ReadCredential());
        Assert.Empty(Warnings(watched));
    }

    [Fact]
    public async Task A_secret_is_warned_of_once_a_day_from_the_day_on_that_is_set()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => settings.ClientSecretExpires = new DateOnly(2026, 12, 23));
        await watched.PollAsync();
        Assert.Empty(Warnings(watched));

        watched.Clock.Advance(TimeSpan.FromDays(1));
        for (var poll = 0; poll < 3; poll++) await watched.PollAsync();
        watched.Clock.Advance(TimeSpan.FromDays(1));
        await watched.PollAsync();
        Assert.Equal([LogLevel.Warning, LogLevel.Warning], Warnings(watched).Select(line => line.Item1));
        Assert.StartsWith("The client secret expires on 2026-12-23, in 29 days. ", Warnings(watched).First().Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_has_expired_is_said_to_have_even_while_Entra_takes_it()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Restart(settings => settings.ClientSecretExpires = new DateOnly(2026, 11, 22));
        Assert.IsType<PollResult.BaselineRead>(await watched.PollAsync());
        var (level, text) = Assert.Single(Warnings(watched));
        Assert.Equal(LogLevel.Error, level);
        Assert.StartsWith("The client secret expired on 2026-11-22; ", text, StringComparison.Ordinal);
        Assert.Equal(text, watched.Store.Reader.ReadCredential()!.Warning(watched.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task When_Entra_says_so_the_next_step_is_in_the_sentence()
    {
        await using var watched = await WatchedTenant.StartAsync();
        watched.Tenant.Apps.Register(watched.App with { SecretExpired = true });
        Assert.Contains("Graph:ClientSecretExpires", (await watched.PollInVainAsync()).Sentence, StringComparison.Ordinal);
    }
}
