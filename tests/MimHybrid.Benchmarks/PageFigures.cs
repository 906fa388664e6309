using System.Globalization;
using System.Text;

namespace MimHybrid.Benchmarks;

/// <summary>Medians: seconds, seconds, megabytes.</summary>
internal sealed record PageReading(double Elapsed, double Processor, double Allocated);

/// <summary>One look for changes in a quiet tenant: milliseconds of the processor, requests, kilobytes of answers, unpacked.</summary>
internal sealed record ChangeQuery(double Processor, double Requests, double Kilobytes);

/// <summary>The readers side by side, and the two ways to ask whether anything has changed.</summary>
internal sealed record PageFigures(int Users, PageReading Agent, PageReading Sdk, PageReading Bare, (ChangeQuery Agent, ChangeQuery Listing, int Guests) Queries)
{
    public ChangeQuery AgentQuery => Queries.Agent;

    public ChangeQuery ListingQuery => Queries.Listing;

    public string ToTable()
    {
        var text = new StringBuilder("| median of 7 | wall clock | processor | allocated | bytes a user |\n|---|---|---|---|---|\n");
        Row(text, "agent", Agent);
        Row(text, "PageIterator", Sdk);
        Row(text, "bare download, unpacked, nothing read", Bare);
        text.Append(CultureInfo.InvariantCulture, $"""

            The agent reads {Sdk.Elapsed / Agent.Elapsed:0.0} times as fast as PageIterator by the wall clock, {Sdk.Processor / Agent.Processor:0.0} times by the processor, with 1/{Sdk.Allocated / Agent.Allocated:0} of the allocations.
            Its own share, beyond the download, is {Math.Max(0, Agent.Processor - Bare.Processor):0.00} s of {Agent.Processor:0.00} s of the processor.

            | one look for changes, {Queries.Guests:#,0} guests, nothing has changed | requests | answers, unpacked | processor |
            |---|---|---|---|
            | agent: the delta query from its cursor, with its commits | {AgentQuery.Requests:0} | {AgentQuery.Kilobytes:0.0} kB | {AgentQuery.Processor:0.0} ms |
            | a loop of a script: all guests listed and kept as objects | {ListingQuery.Requests:0} | {ListingQuery.Kilobytes:#,0} kB | {ListingQuery.Processor:0.0} ms |

            """);
        return text.ToString();
    }

    private void Row(StringBuilder text, string name, PageReading one) => text.Append(
        CultureInfo.InvariantCulture, $"| {name} | {one.Elapsed:0.00} s | {one.Processor:0.00} s | {one.Allocated:#,0.0} MB | {one.Allocated * 1e6 / Users:#,0} |\n");
}
