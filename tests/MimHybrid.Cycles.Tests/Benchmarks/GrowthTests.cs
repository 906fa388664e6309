using MimHybrid.Benchmarks.Growth;

namespace MimHybrid.Cycles.Tests.Benchmarks;

/// <summary>The benchmark of that name in small: the store that it makes is migrated, searched, written and trimmed, and found to be right.</summary>
public sealed class GrowthTests
{
    [Fact]
    public void A_store_that_grew_is_migrated_and_answers_all_that_it_is_asked()
    {
        var figures = GrowthBenchmark.Measure(cycles: 300, guests: 500);
        Assert.Equal((300, 500), (figures.Cycles, figures.Guests));
        Assert.True(figures is { Migration: > 0, FindOne: > 0, Round: > 0, Trimming: > 0, StatusCommand: 0 });
        Assert.Contains("| 300 and 500 |", GrowthTable.Write([figures]), StringComparison.Ordinal);
    }
}
