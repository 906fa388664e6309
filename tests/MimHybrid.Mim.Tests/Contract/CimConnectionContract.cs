using System.Globalization;
using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Tests.Contract;

/// <summary>
/// What every side of <see cref="ICimConnection"/> returns, asked in the same words of all of them
/// (MimHybrid.Mim/README.md#the-wmi-provider). These questions only read, so that they may be asked of a server at work; those that
/// start or stop runs are in <see cref="CimConnectionRunContract"/>.
/// </summary>
public abstract partial class CimConnectionContract : IAsyncLifetime
{
    private const string OddName = @"No ""such"" agent \ O'Brien's % _ [x]";

    protected static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    /// <summary>The side that is asked; made by <see cref="ConnectAsync"/>.</summary>
    protected ICimConnection Connection { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Connection = await ConnectAsync();

    public virtual ValueTask DisposeAsync()
    {
        Connection?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Connects, or skips the test loudly where there is nothing to connect to.</summary>
    protected abstract Task<ICimConnection> ConnectAsync();

    [Fact]
    public async Task There_are_management_agents_with_a_name_a_guid_and_a_type()
    {
        var agents = await Connection.QueryAsync("SELECT * FROM MIIS_ManagementAgent", TestEnd);

        Assert.NotEmpty(agents);
        Assert.All(agents, agent =>
        {
            Assert.NotEmpty(agent["Name"]);
            Assert.NotEmpty(agent["Type"]);
            Assert.Matches(@"^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$", agent["Guid"]);
        });
        Assert.Equal(agents.Count, agents.DistinctBy(agent => agent["Name"], StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public async Task The_properties_that_are_asked_for_come_back()
    {
        var all = await Connection.QueryAsync("SELECT * FROM MIIS_ManagementAgent", TestEnd);
        var some = await Connection.QueryAsync("SELECT Name, Type FROM MIIS_ManagementAgent", TestEnd);

        Assert.Equal(
            all.Select(agent => (agent["Name"], agent["Type"])).Order(),
            some.Select(agent => (agent["Name"], agent["Type"])).Order());
    }

    [Fact]
    public async Task Names_of_properties_are_compared_without_case() => Assert.All(
        await Connection.QueryAsync("SELECT * FROM MIIS_ManagementAgent", TestEnd), agent => Assert.Equal(agent["Name"], agent["nAmE"]));

    [Fact]
    public async Task The_server_is_one_instance_with_a_name_of_its_own() =>
        Assert.Equal("MIIS_Server1", Assert.Single(await Connection.QueryAsync("SELECT * FROM MIIS_Server", TestEnd))["Name"]);

    [Fact]
    public async Task An_instance_is_found_by_its_name_and_the_name_is_compared_without_case()
    {
        foreach (var name in await AgentNamesAsync())
        {
            var found = await Connection.QueryAsync(
                $"SELECT Name FROM MIIS_ManagementAgent WHERE Name = {Quoted(name.ToUpperInvariant())}", TestEnd);
            Assert.Equal(name, Assert.Single(found)["Name"]);
        }
    }

    [Fact]
    public async Task A_name_with_quotes_and_backslashes_is_a_name_like_any_other_and_nobody_s() => Assert.Empty(
        await Connection.QueryAsync($"SELECT * FROM MIIS_ManagementAgent WHERE Name = {Quoted(OddName)}", TestEnd));

    [Theory]
    [InlineData("SELECT * FROM MIIS_NoSuchClass", CimFailure.InvalidClass)]
    [InlineData("SELECT * FROM MIIS_ManagementAgent WHERE", CimFailure.InvalidQuery)]
    [InlineData("SELECT * FROM MIIS_ManagementAgent WHERE Name = 'no end", CimFailure.InvalidQuery)]
    [InlineData("SELECT NoSuchProperty FROM MIIS_ManagementAgent", CimFailure.InvalidQuery)]
    [InlineData("which agents are there?", CimFailure.InvalidQuery)]
    public async Task A_question_that_cannot_be_answered_says_why(string wql, CimFailure expected)
    {
        var exception = await Assert.ThrowsAsync<CimConnectionException>(() => Connection.QueryAsync(wql, TestEnd));

        Assert.Equal(expected, exception.Failure);
        Assert.NotEmpty(exception.Message);
    }

    [Theory]
    [InlineData("MIIS_ManagementAgent", "Name", "No such agent", "RunStatus", CimFailure.NotFound)]
    [InlineData("MIIS_ManagementAgent", "Name", OddName, "RunStatus", CimFailure.NotFound)]
    [InlineData("MIIS_RunHistory", "Key", "{00000000-0000-0000-0000-000000000000}0", "RunDetails", CimFailure.NotFound)]
    [InlineData("MIIS_NoSuchClass", "Name", "AADMA", "RunStatus", CimFailure.InvalidClass)]
    public async Task A_method_of_what_is_not_there_says_so(string className, string key, string value, string method, CimFailure expected)
    {
        var target = new CimTarget(className, key, value);

        var exception = await Assert.ThrowsAsync<CimConnectionException>(() => Connection.InvokeAsync(target, method, [], TestEnd));

        Assert.Equal(expected, exception.Failure);
    }

    [Fact]
    public async Task A_method_that_does_not_exist_is_a_failure()
    {
        foreach (var name in await AgentNamesAsync())
            await Assert.ThrowsAsync<CimConnectionException>(() => AskAsync(name, "NoSuchMethod"));
    }

    [Theory]
    [InlineData("NumImportAdd")]
    [InlineData("NumImportUpdate")]
    [InlineData("NumImportDelete")]
    [InlineData("NumImportNoChange")]
    [InlineData("NumExportAdd")]
    [InlineData("NumExportUpdate")]
    [InlineData("NumExportDelete")]
    [InlineData("NumCSObjects")]
    public async Task Counts_are_methods_that_answer_a_number_in_text(string method)
    {
        foreach (var name in await AgentNamesAsync())
            Assert.True(uint.TryParse(await AskAsync(name, method), NumberStyles.None, CultureInfo.InvariantCulture, out _), name);
    }

    [Fact]
    public async Task The_status_is_empty_or_a_word()
    {
        foreach (var name in await AgentNamesAsync())
        {
            var status = await AskAsync(name, "RunStatus");
            Assert.Matches("^[a-z0-9-]*$", status);
            Assert.Equal(status.Length == 0, (await AskAsync(name, "RunNumber")).Length == 0);
        }
    }

    [Fact]
    public async Task Questions_may_be_asked_at_the_same_time()
    {
        var names = await AgentNamesAsync();
        var questions = Enumerable.Range(0, 8).SelectMany(_ => names).Select(name => AskAsync(name, "NumCSObjects"));

        Assert.All(await Task.WhenAll(questions), Assert.NotEmpty);
    }

    [Fact]
    public async Task A_question_that_was_cancelled_before_it_was_asked_is_not_asked()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Connection.QueryAsync("SELECT * FROM MIIS_ManagementAgent", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Connection.InvokeAsync(Agent("any"), "RunStatus", [], cancelled.Token));
    }

    protected static CimTarget Agent(string name) => new("MIIS_ManagementAgent", "Name", name);

    /// <summary>By hand, not by the product's own quoting: the contract is the provider's.</summary>
    protected static string Quoted(string text) =>
        $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", @"\'", StringComparison.Ordinal)}'";

    protected Task<string> AskAsync(string managementAgent, string method) =>
        Connection.InvokeAsync(Agent(managementAgent), method, [], TestEnd);

    protected async Task<string[]> AgentNamesAsync() =>
        [.. (await Connection.QueryAsync("SELECT Name FROM MIIS_ManagementAgent", TestEnd)).Select(agent => agent["Name"])];
}
