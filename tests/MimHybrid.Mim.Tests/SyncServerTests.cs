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

    [Fact]
    public async Task Objects_are_counted_and_those_among_them_that_are_linked_to_the_metaverse()
    {
        scene.CreateAccounts(3);
        await scene.RunAsync(ImportOfAdma);
        Assert.Equal((3, 0), (await scene.Server.CountObjectsAsync("ADMA", TestEnd), await scene.Server.CountConnectorsAsync("ADMA", TestEnd)));

        scene.Wire.Answers = (_, method) => method == "NumTotalConnectors" ? "2" : null;
        Assert.Equal((3, 2), (await scene.Server.CountObjectsAsync("ADMA", TestEnd), await scene.Server.CountConnectorsAsync("ADMA", TestEnd)));
    }

    /// <summary>Without it nobody could tell our run from an older one.</summary>
    [Fact]
    public async Task Where_the_last_run_s_number_is_none_nothing_is_started()
    {
        scene.Wire.Answers = (_, method) => method == "RunNumber" ? "many" : null;

        Assert.Equal("cim-failed", (await scene.RunAsync(ImportOfAdma)).Result.Raw);
        Assert.Equal(["MIM could not be asked, so nothing was started: RunNumber of 'ADMA' answered 'many'."], scene.Told);
        Assert.Null(await scene.LastRunAsync());
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
