using System.Globalization;
using System.Xml.Linq;
using MimHybrid.Mim.Cim;
using MimHybrid.Sandbox.Tests.SyncServer.Fixtures;
using static MimHybrid.Sandbox.Tests.SyncServer.Fixtures.SyncServerDriver;

namespace MimHybrid.Sandbox.Tests.SyncServer;

/// <summary>The form of run details (MimHybrid.Mim/README.md#the-xml-of-a-run).</summary>
public sealed class RunDetailsTests(LoopbackGraph graph) : IDisposable
{
    private readonly SyncServerDriver driver = new(graph);

    public void Dispose() => driver.Dispose();

    [Fact]
    public async Task A_run_says_who_ran_what_and_when()
    {
        driver.Time.Advance(TimeSpan.FromMilliseconds(7));
        var run = (await driver.SucceedAsync(Target, Profiles.Export)).Root.Element("run-details")!;

        Assert.Equal(
            ["ma-id", "ma-name", "run-number", "run-profile-name", "security-id", "step-details"],
            run.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("{0A1B2C3D-0000-4000-8000-00000000AD01}", run.Element("ma-id")!.Value);
        Assert.Equal(("ADMA", "1", "Export"), (Text(run, "ma-name"), Text(run, "run-number"), Text(run, "run-profile-name")));
        Assert.Equal(@"SANDBOX\MIMSyncUser", Text(run, "security-id"));
        Assert.Equal("2026-11-22 08:00:00.007", Text(run.Element("step-details")!, "start-date"));
        Assert.Equal("2026-11-22 08:00:00.007", Text(run.Element("step-details")!, "end-date"));
    }

    [Fact]
    public async Task A_step_has_all_its_parts_and_all_counters_at_zero()
    {
        var step = (await driver.SucceedAsync(Target, Profiles.Export)).Step;

        Assert.Equal("1", step.Attribute("step-number")!.Value);
        Assert.Matches("^{[0-9A-F-]{36}}$", step.Attribute("step-id")!.Value);
        Assert.Equal(
            [
                "start-date", "end-date", "step-result", "step-description",
                "current-export-step-counter", "last-successful-export-step-counter",
                "ma-connection", "ma-discovery-errors", "ma-discovery-counters", "synchronization-errors", "mv-retry-errors",
                "staging-counters", "inbound-flow-counters", "export-counters",
            ],
            step.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(7, Zeros(step, "staging-counters"));
        Assert.Equal(17, Zeros(step, "inbound-flow-counters"));
        Assert.Equal(6, Zeros(step, "export-counters"));
        Assert.Equal("false", step.Descendants("stage-no-change").Single().Attribute("detail")!.Value);
        Assert.Equal("true", step.Descendants("stage-add").Single().Attribute("detail")!.Value);
        Assert.Equal("success", Text(step, "ma-connection/connection-result"));
        Assert.Equal("dc1.sandbox.example:389", Text(step, "ma-connection/server"));
        Assert.Equal("100", Text(step, "step-description/threshold/batch-size"));
        Assert.Equal("DC=sandbox,DC=example", Text(step, "step-description/partition"));
    }

    [Fact]
    public async Task A_synchronization_counts_per_target_what_flows_out()
    {
        var step = (await driver.SucceedAsync(Source, Profiles.FullSynchronization)).Step;

        var outbound = Assert.Single(step.Elements("outbound-flow-counters"));
        Assert.Equal("ADMA", outbound.Attribute("ma")!.Value);
        Assert.Equal("{0A1B2C3D-0000-4000-8000-00000000AD01}", outbound.Attribute("ma-id")!.Value);
        Assert.Equal(9, outbound.Elements().Count());
        Assert.Empty(step.Element("ma-connection")!.Elements());
    }

    [Theory]
    [InlineData(Profiles.FullImport, "full-import", "import-subtype", "to-cs")]
    [InlineData(Profiles.DeltaImport, "delta-import", "import-subtype", "to-cs")]
    [InlineData(Profiles.FullSynchronization, "apply-rules", "apply-rules-subtype", "reevaluate-flow-connectors")]
    [InlineData(Profiles.DeltaSynchronization, "apply-rules", "apply-rules-subtype", "apply-pending")]
    public async Task Each_profile_says_what_kind_of_step_it_has(string profile, string type, string subtype, string value)
    {
        var description = (await driver.SucceedAsync(Target, profile)).Step.Element("step-description")!.Element("step-type")!;

        Assert.Equal((type, value), (description.Attribute("type")!.Value, Text(description, subtype)));
    }

    [Fact]
    public async Task An_export_step_has_no_subtype()
    {
        var description = (await driver.SucceedAsync(Target, Profiles.Export)).Step.Element("step-description")!.Element("step-type")!;

        Assert.Equal("export", description.Attribute("type")!.Value);
        Assert.Empty(description.Elements());
    }

    [Fact]
    public async Task A_run_that_goes_on_has_no_details()
    {
        var run = driver.Server.StartForeignRunAsync(new(Target, Profiles.Export, TimeSpan.FromMinutes(1)));
        var row = new CimTarget("MIIS_RunHistory", "Key", Assert.Single(await driver.QueryAsync("SELECT Key FROM MIIS_RunHistory"))["Key"]);

        Assert.Equal("", await driver.AskAsync(Target, "RunDetails"));
        Assert.Equal("", await driver.Server.InvokeAsync(row, "RunDetails", [], TestContext.Current.CancellationToken));

        Assert.Equal("success", await driver.AdvanceUntilAsync(run));
        Assert.Equal(@"SANDBOX\admin", Text((await driver.LastRunAsync(Target)).Root, "run-details/security-id"));
    }

    [Fact]
    public async Task A_row_of_the_history_gives_its_own_details()
    {
        await driver.SucceedAsync(Target, Profiles.Export);
        await driver.SucceedAsync(Target, Profiles.FullImport);
        var rows = await driver.QueryAsync("SELECT Key, RunProfile FROM MIIS_RunHistory WHERE RunNumber = '1'");

        var xml = await driver.Server.InvokeAsync(
            new CimTarget("MIIS_RunHistory", "Key", Assert.Single(rows)["Key"]), "RunDetails", [], TestContext.Current.CancellationToken);

        Assert.Equal("Export", Text(XElement.Parse(xml), "run-details/run-profile-name"));
    }

    [Fact]
    public async Task Dates_and_numbers_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("ar-SA");
        try
        {
            var details = await driver.SucceedAsync(Target, Profiles.Export);

            Assert.Equal("2026-11-22 08:00:00.000", Text(details.Step, "start-date"));
            Assert.Equal("2026-11-22 08:00:00.000", await driver.AskAsync(Target, "RunStartTime"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Text(XElement element, string path) =>
        path.Split('/').Aggregate(element, (current, name) => current.Element(name)!).Value;

    private static int Zeros(XElement step, string group) => step.Element(group)!.Elements().Count(counter => counter.Value == "0");
}
