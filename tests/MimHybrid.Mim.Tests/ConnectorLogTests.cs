using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests;

/// <summary>What a connector threw is in the event log and nowhere else. That the log can be read only Windows can show.</summary>
public sealed class ConnectorLogTests
{
    private const string Failed = "stopped-extension-dll-exception";

    [Fact]
    public async Task The_exception_of_a_connector_is_told_beside_the_run()
    {
        var since = new List<DateTimeOffset>();
        using var scene = new SyncServerScene(connectorLog: new ConnectorLog(time =>
        {
            since.Add(time);
            return ["FIMSynchronizationService 6801: The extensible extension\r\n returned an unsupported error"];
        }));
        scene.Script.Answer("ADMA", Import, Failed);

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal([report.StartedAt], since);
        Assert.Equal(
            ["The Application event log says of it: "
                + "FIMSynchronizationService 6801: The extensible extension returned an unsupported error."],
            scene.Told);
        Assert.StartsWith("The connector failed; its exception is in the Application ", report.Result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_synchronization_has_no_connector()
    {
        using var scene = new SyncServerScene(connectorLog: new ConnectorLog(_ => ["Somebody else's exception."]));
        scene.Script.Answer("ADMA", Synchronization, Failed);

        var report = await scene.RunAsync(SynchronizationOfAdma);

        Assert.Empty(scene.Told);
        Assert.StartsWith("A rules extension threw an exception", report.Result.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_log_that_is_closed_to_us_is_told_and_harms_nothing() => Assert.Equal(
        ["The Application event log could not be read for the connector's exception: Access is denied."],
        new ConnectorLog(_ => throw new UnauthorizedAccessException("Access is denied")).ReadSince(default));

    [Fact]
    public void An_event_log_without_an_exception_says_so() => Assert.Equal(
        ["The Application event log has no exception of a connector from the time of this run."],
        new ConnectorLog(_ => []).ReadSince(default));

    [Fact]
    public void A_long_message_is_cut() =>
        Assert.InRange(Assert.Single(new ConnectorLog(_ => [new string('x', 10_000)]).ReadSince(default)).Length, 500, 600);
}
