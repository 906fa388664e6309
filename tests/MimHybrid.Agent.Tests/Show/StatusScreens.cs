using MimHybrid.Agent.Commands;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Matters;
using MimHybrid.Cycles.Words;

namespace MimHybrid.Agent.Tests.Show;

/// <summary>
/// What an administrator reads first, approved word for word: in a pipe, at 80 columns and at 120. The states that every command shows are
/// in MimHybrid.Flow.Tests, <c>StateScreens</c>.
/// </summary>
public sealed class StatusScreens
{
    [Fact]
    public Task A_password_that_is_wrong() => MatchesAsync("status-no-credentials", Scenes.NoCredentials);

    [Fact]
    public Task An_agent_that_gives_no_sign_of_life() => MatchesAsync("status-silent", Scenes.Silent);

    [Fact]
    public Task A_trial() => MatchesAsync("status-trial", Scenes.Well with { Observing = ["GuestChanges", "FallbackCycle", "ForcedRun"] });

    [Fact]
    public Task Several_matters() => MatchesAsync("status-several", Scenes.SeveralMatters, verbose: true);

    [Theory]
    [InlineData(VerdictKind.Well, 0)]
    [InlineData(VerdictKind.Open, 1)]
    [InlineData(VerdictKind.CannotTell, 4)]
    public void Monitoring_is_told_by_the_exit_code(VerdictKind verdict, int code) => Assert.Equal(code, StatusCommand.ExitCodeOf(verdict));

    private static Task MatchesAsync(string name, StatusReport report, bool verbose = false) =>
        Approved.MatchesAsync(Seen.Everywhere(new StatusText(report).ToSheet(verbose)), name);
}
