using Microsoft.Extensions.Logging.Abstractions;
using MimHybrid.Graph;
using MimHybrid.Graph.Polling;
using MimHybrid.Graph.Requests;
using MimHybrid.Store;
using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks;

/// <summary>The agent's part: reads the tenant into a store, then polls once more. In a process of its own, which may be killed.</summary>
internal static class BaselineRun
{
    public static async Task<int> RunAsync(TenantAccess access, string kind, string folder)
    {
        using var measured = new Measurement();
        var settings = access.Settings(Enum.Parse<BaselineChoice>(kind));
        using var store = AgentStore.Open(folder);
        using var graph = new GraphConnection(settings, TimeProvider.System, access.CreateHandler);
        var trigger = new GraphDeltaTrigger(graph, store.Guests, TimeProvider.System, NullLogger<GraphDeltaTrigger>.Instance, new Pages());

        var result = await trigger.PollAsync(CancellationToken.None);
        Say($"{result}");
        Say($"requests {measured.Requests}, {Measurement.Seconds(measured.Elapsed)}, processor {Measurement.Seconds(measured.Processor)}");
        Say($"peak working set {Measurement.PeakWorkingSet}, allocated {Measurement.Megabytes(measured.Allocated)}, live heap {Measurement.Megabytes(GC.GetTotalMemory(forceFullCollection: true))}");

        var before = measured.Requests;
        result = await trigger.PollAsync(CancellationToken.None);
        Say($"an idle poll: {measured.Requests - before} request, {result}");
        return 0;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    /// <summary>Whoever wants to kill this process at a page has to hear of pages.</summary>
    private sealed class Pages : IProgress<Baseline>
    {
        public void Report(Baseline value) => Say($"page {value.Pages}");
    }
}
