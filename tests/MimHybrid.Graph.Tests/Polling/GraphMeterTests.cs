using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Graph.Tests.Polling;

/// <summary>Graph's own words about load, for dashboards (MimHybrid.Graph/README.md#throttling).</summary>
public sealed class GraphMeterTests
{
    /// <summary>Odd figures of their own: other tests measure at the same time in the same process.</summary>
    [Fact]
    public async Task Resource_units_and_throttling_are_measured_without_any_id()
    {
        await using var watched = await WatchedTenant.StartWithBaselineAsync();
        var measured = new ConcurrentBag<(string Name, double Value, string Tags)>();
        using var listener = Listen((name, value, tags) => measured.Add((name, value, string.Join(',', tags))));
        var headers = new Dictionary<string, string>
        {
            ["x-ms-resource-unit"] = "7919",
            ["x-ms-throttle-limit-percentage"] = "0.8713",
            ["x-ms-throttle-scope"] = "Odd_Application/ReadWrite/a-tenant/an-app",
            ["x-ms-throttle-information"] = "OddResourceUnits",
        };
        watched.FailDelta((Fault.Answer)Fault.Throttled(10) with { Headers = headers });
        await watched.PollInVainAsync();

        Assert.Contains(measured, each => each is { Name: "mimhybrid.graph.resource_units", Value: 7919 });
        Assert.Contains(measured, each => each is { Name: "mimhybrid.graph.limit.utilization", Value: 0.8713 });
        Assert.Contains(measured, each => each.Name == "http.client.request.duration" && each.Tags.Contains("429", StringComparison.Ordinal));
        var throttled = Assert.Single(measured, each => each.Name == "mimhybrid.graph.throttled_requests" && each.Tags.Contains("Odd_Application", StringComparison.Ordinal));
        Assert.Contains("OddResourceUnits", throttled.Tags, StringComparison.Ordinal);
        Assert.DoesNotContain("a-tenant", throttled.Tags, StringComparison.Ordinal);
    }

    private static MeterListener Listen(Action<string, double, KeyValuePair<string, object?>[]> record)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == GraphMeter.Name) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => record(instrument.Name, value, tags.ToArray()));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => record(instrument.Name, value, tags.ToArray()));
        listener.Start();
        return listener;
    }
}
