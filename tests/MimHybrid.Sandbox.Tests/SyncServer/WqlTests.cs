using MimHybrid.Mim;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

public sealed class WqlTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph, options => options with
    {
        Source = options.Source with { Name = @"Bob's \ ""Graph"" agent" },
    });

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task All_instances_of_a_class_with_all_their_members_are_text()
    {
        var rows = await driver.QueryAsync("SELECT * FROM MIIS_ManagementAgent");

        Assert.Equal(["Active Directory", "Graph (Microsoft)"], rows.Select(row => row["Type"]).Order());
        Assert.Contains(rows, row => row["Guid"] == "{0A1B2C3D-0000-4000-8000-0000000AADA1}");
        Assert.All(rows, row => Assert.Equal(["Guid", "Name", "Type"], row.Properties.Keys.Order()));
    }

    [Fact]
    public async Task The_server_has_one_instance() =>
        Assert.Equal("MIIS_Server1", Assert.Single(await driver.QueryAsync("select * from miis_server"))["Name"]);

    [Fact]
    public async Task Only_the_properties_asked_for_come_back()
    {
        var row = Assert.Single(await driver.QueryAsync("SELECT Type, name FROM MIIS_ManagementAgent WHERE Name = 'ADMA'"));

        Assert.Equal(["Name", "Type"], row.Properties.Keys.Order());
        Assert.Equal("", row["Guid"]);
    }

    [Theory]
    [InlineData(@"Name = 'Bob\'s \\ \""Graph\"" agent'", 1)]
    [InlineData(@"Name = ""Bob's \\ \""Graph\"" agent""", 1)]
    [InlineData(@"Name = 'bob\'s \\ ""graph"" AGENT'", 1)]
    [InlineData("Name <> 'ADMA'", 1)]
    [InlineData("Name < 'B'", 1)]
    [InlineData("Name > 'ADMA'", 1)]
    [InlineData("Name >= 'ADMA'", 2)]
    [InlineData("Name <= 'ADMA'", 1)]
    [InlineData("Name>='ADMA'AND Type='Active Directory'", 1)]
    [InlineData("Name = ''", 0)]
    public async Task A_where_clause_keeps_what_it_says(string where, int found) =>
        Assert.Equal(found, (await driver.QueryAsync("SELECT * FROM MIIS_ManagementAgent WHERE " + where)).Count);

    [Fact]
    public async Task Runs_are_found_by_agent_and_by_start_time_as_monitoring_scripts_do()
    {
        await driver.SucceedAsync(Target, Profiles.FullSynchronization);
        driver.Time.Advance(TimeSpan.FromHours(1));
        await driver.SucceedAsync(Target, Profiles.Export);

        var row = Assert.Single(await driver.QueryAsync(
            "SELECT RunProfile FROM MIIS_RunHistory WHERE MaName = 'ADMA' AND RunStartTime > '2026-11-22 08:30:00.000'"));

        Assert.Equal("Export", row["RunProfile"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SELECT")]
    [InlineData("SELECT FROM MIIS_Server")]
    [InlineData("SELECT * MIIS_Server")]
    [InlineData("SELECT *, Name FROM MIIS_Server")]
    [InlineData("SELECT Name, FROM MIIS_Server")]
    [InlineData("SELECT * FROM 'MIIS_Server'")]
    [InlineData("SELECT * FROM MIIS_Server WHERE")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name , 'x'")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name = x")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name = 'x' OR Name = 'y'")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name = 'Bob's agent'")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name = 'no end")]
    [InlineData(@"SELECT * FROM MIIS_Server WHERE Name = 'no end\")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Name = 'x' AND")]
    [InlineData("SELECT * FROM MIIS_Server WHERE Colour = 'red'")]
    [InlineData("SELECT Colour FROM MIIS_Server")]
    [InlineData("SELECT * FROM MIIS_Server;")]
    public async Task What_is_not_WQL_is_an_invalid_query(string wql) =>
        Assert.Equal(CimFailure.InvalidQuery, (await Assert.ThrowsAsync<CimConnectionException>(() => driver.QueryAsync(wql))).Failure);
}
