using MimHybrid.Mim.Cim;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests;

/// <summary>Questions that do not run anything.</summary>
public sealed class SyncServerTests : IDisposable
{
    private readonly SyncServerScene scene = new();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Management_agents_are_listed_with_their_types()
    {
        var agents = await scene.Server.ListManagementAgentsAsync(TestEnd);

        Assert.Equal(
            [("AADMA", "Graph (Microsoft)"), ("ADMA", "Active Directory")],
            agents.Select(agent => (agent.Name, agent.Type)).Order());
        Assert.All(agents, agent => Assert.Matches(@"^\{[0-9A-F-]{36}\}$", agent.Guid));
    }

    [Fact]
    public async Task Pending_imports_are_counted()
    {
        scene.CreateAccounts(3);
        await scene.RunAsync(ImportOfAdma);

        var pending = await scene.Server.CountPendingAsync("ADMA", TestEnd);

        Assert.Equal(new PendingCounts(ImportAdds: 3, 0, 0, 0, 0, 0), pending);
        Assert.Equal((3, 0), (pending.Imports, pending.Exports));
    }

    [Theory]
    [InlineData("connection-failure", CimFailure.Unreachable)]
    [InlineData("access-denied", CimFailure.AccessDenied)]
    [InlineData("call-failure", CimFailure.Other)]
    [InlineData("", CimFailure.Other)]
    public async Task A_word_where_a_number_belongs_is_never_taken_for_nothing_pending(string word, CimFailure expected)
    {
        scene.Script.AnswerMethodsWith(word);

        var exception = await Assert.ThrowsAsync<CimConnectionException>(() => scene.Server.CountPendingAsync("ADMA", TestEnd));

        Assert.Equal(expected, exception.Failure);
    }

    [Fact]
    public async Task An_agent_that_never_ran_has_no_status() =>
        Assert.Empty(await scene.Server.ReadStatusAsync("ADMA", TestEnd));

    [Fact]
    public async Task An_agent_s_name_may_hold_quotes_and_backslashes()
    {
        const string name = @"O'Brien\AD";
        using var quoted = new SyncServerScene(target: name);

        var report = await quoted.RunAsync(ImportOfAdma with { ManagementAgent = name });

        Assert.Equal(1, report.RunNumber);
        Assert.Equal("1", (await quoted.LastRunAsync(name))?["RunNumber"]);
    }

    public void Dispose() => scene.Dispose();
}
