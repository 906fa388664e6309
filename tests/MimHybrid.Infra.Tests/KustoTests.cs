namespace MimHybrid.Infra.Tests;

/// <summary>The queries against the columns of Application Insights' tables. Nothing here can run them; this reads them as the service would.</summary>
public sealed class KustoTests : IClassFixture<KustoAnalysis>
{
    private readonly KustoAnalysis analysis;

    public KustoTests(KustoAnalysis analysis)
    {
        Assert.SkipWhen(analysis.LeftOut is not null, $"LEFT OUT: the queries were not analyzed. {analysis.LeftOut}");
        this.analysis = analysis;
    }

    public static TheoryData<string> Queries => QueryTests.Queries;

    [Theory]
    [MemberData(nameof(Queries))]
    public void A_query_has_no_error_and_no_warning(string query) => Assert.Empty(analysis.Of(query));

    [Fact]
    public void A_wrong_column_would_be_seen() => Assert.Contains("valueSume", Assert.Single(analysis.Of("wrong")), StringComparison.Ordinal);
}
