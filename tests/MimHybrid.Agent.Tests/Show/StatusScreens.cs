using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;
using MimHybrid.Flow.Tests.Stories;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>What an administrator reads first, approved word for word: in a pipe, at 80 columns and at 120.</summary>
public sealed class StatusScreens
{
    [Fact]
    public Task All_is_well() => MatchesAsync("status-all-well", Scenes.Well);

    [Fact]
    public Task A_refused_guest() => MatchesAsync("status-refused", Scenes.Refused);

    [Fact]
    public Task A_hold() => MatchesAsync("status-hold", Scenes.Held);

    [Fact]
    public Task A_dead_connection() => MatchesAsync("status-dead-connection", Scenes.DeadConnection);

    [Fact]
    public Task A_password_that_is_wrong() => MatchesAsync("status-no-credentials", Scenes.NoCredentials);

    [Fact]
    public Task No_agent() => MatchesAsync("status-no-agent", Scenes.NoAgent);

    [Fact]
    public Task An_agent_that_gives_no_sign_of_life() => MatchesAsync("status-silent", Scenes.Silent);

    [Fact]
    public Task The_first_reading() => MatchesAsync("status-first-reading", Scenes.FirstReading);

    [Fact]
    public Task Several_matters() => MatchesAsync("status-several", Scenes.SeveralMatters, verbose: true);

    [Fact]
    public Task No_store() => Approved.MatchesAsync(
        Seen.Everywhere(MatterText.Of(AgentVerdict.CannotTell(
            @"It cannot be told: You may not read C:\ProgramData\MimHybrid: open PowerShell as administrator, or join the operators group."))),
        "status-cannot-tell");

    [Theory]
    [InlineData(VerdictKind.Well, 0)]
    [InlineData(VerdictKind.Open, 1)]
    [InlineData(VerdictKind.CannotTell, 4)]
    public void Monitoring_is_told_by_the_exit_code(VerdictKind verdict, int code) => Assert.Equal(code, StatusCommand.ExitCodeOf(verdict));

    private static Task MatchesAsync(string name, StatusReport report, bool verbose = false) =>
        Approved.MatchesAsync(Seen.Everywhere(new StatusText(report).ToSheet(verbose)), name);
}
