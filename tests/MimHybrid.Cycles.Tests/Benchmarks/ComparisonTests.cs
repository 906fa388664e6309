using System.Text.Json.Nodes;
using MimHybrid.Benchmarks;

namespace MimHybrid.Cycles.Tests.Benchmarks;

/// <summary>Two files of results are compared by figure, wherever it stands in them.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void A_figure_of_both_has_a_ratio_and_one_of_either_alone_has_none()
    {
        var before = JsonNode.Parse("""{ "commit": "a", "machine": { "os": "x" }, "figures": [{ "help": 200, "gone": 1 }] }""")!;
        var after = JsonNode.Parse("""{ "commit": "b", "machine": { "os": "x" }, "figures": [{ "help": 100.5, "new": 2 }] }""")!;
        Assert.Equal(
            """
            | figure | first | second | ratio |
            |---|---|---|---|
            | commit | a | b |  |
            | figures[0].help | 200 | 100.5 | 0.50 |
            | figures[0].gone | 1 |  |  |
            | figures[0].new |  | 2 |  |

            """.ReplaceLineEndings("\n"),
            Comparison.Write(before, after));
    }

    [Fact]
    public async Task Asking_for_changes_costs_the_agent_one_request_and_a_script_all_its_pages()
    {
        var asked = await ChangeQueries.AskInProcessAsync(guests: 30, onAPage: 10);
        Assert.Equal((1, 3), (asked.Agent.Requests, asked.Listing.Requests));
        Assert.True(asked.Agent.Kilobytes < asked.Listing.Kilobytes);
    }
}
