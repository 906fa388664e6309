using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>What a document may be like, and what a bad one may not do.</summary>
[Collection(MeasuresMemory.Name)]
public sealed class RunDetailsDocumentTests
{
    private const int ErrorsKept = 50;

    private static readonly string Whole = RunDetailsXml.Of(
        RunDetailsXml.Step(1, "success", RunDetailsXml.Counters("staging-counters", ("stage-add", "3"))));

    [Theory]
    [InlineData("""<?xml version="1.0" encoding="utf-16"?>""")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?>")]
    [InlineData("\r\n  <?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n")]
    public void A_declaration_does_not_matter_whatever_encoding_it_claims(string declaration) => AssertWhole(Parse(declaration + Whole));

    [Fact]
    public void A_saved_file_wraps_runs_and_the_newest_is_taken()
    {
        var runs = string.Concat(new[] { 9, 10, 8 }.Select(number => RunDetailsXml.Run(number)));

        Assert.Equal(10, Parse($"<execution-histories><run-history>{runs}</run-history></execution-histories>").RunNumber);
    }

    [Fact]
    public void Elements_that_nobody_knows_are_passed_over() => AssertWhole(Parse(Whole
        .Replace("<run-number>", "<new-thing><run-number>1</run-number></new-thing><run-number>", StringComparison.Ordinal)
        .Replace("<stage-add", "<new-note>text</new-note><stage-add", StringComparison.Ordinal)
        .Replace("<step-result>", "<new-thing deep=\"1\"><deeper/></new-thing><!-- note --><step-result>", StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("<run-history/>")]
    [InlineData("<run-history></run-history>")]
    public void An_agent_that_never_ran_has_an_empty_history_and_that_is_no_defect(string document)
    {
        var run = Parse(document);

        Assert.Null(run.RunNumber);
        Assert.Empty(run.Defect);
    }

    [Fact]
    public void A_torn_document_gives_what_was_read_and_says_so()
    {
        var torn = Parse(Whole[..Whole.IndexOf("</step-details>", StringComparison.Ordinal)]);

        Assert.Equal(412, torn.RunNumber);
        Assert.Equal(3, torn.Counters.Staged);
        Assert.NotEmpty(torn.Defect);
    }

    [Fact]
    public void Every_possible_tear_is_a_defect_and_never_an_exception()
    {
        for (var length = 1; length < Whole.Length; length++)
            Assert.NotEmpty(Parse(Whole[..length]).Defect);
    }

    [Theory]
    [InlineData("call-failure")]
    [InlineData("<run-history><run-details></run-history>")]
    public void What_is_not_XML_is_a_defect(string document) => Assert.NotEmpty(Parse(document).Defect);

    [Theory]
    [InlineData("""<!DOCTYPE run-history [<!ENTITY a "aaaa">]>""")]
    [InlineData("""<!DOCTYPE run-history SYSTEM "file:///etc/passwd">""")]
    public void A_document_type_is_refused(string documentType) => Assert.NotEmpty(Parse(documentType + Whole).Defect);

    [Theory]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    public void A_counter_that_is_no_number_is_a_defect_and_not_a_zero(string value)
    {
        var counters = RunDetailsXml.Counters("export-counters", ("export-add", value));

        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success", counters)));

        Assert.Contains("export-add", run.Defect, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_longer_than_allowed_is_a_defect()
    {
        using var document = new StringReader(Whole);

        Assert.NotEmpty(RunDetailsParser.Parse(document, ErrorsKept, longestDocument: 200).Defect);
    }

    [Fact]
    public void Control_characters_of_a_directory_become_spaces()
    {
        var run = Parse(Whole.Replace("<staging-counters>", """
            <synchronization-errors>
              <export-error dn="CN=a&#xA;b&#x1;c"><error-type>cd-error</error-type></export-error>
            </synchronization-errors>
            <staging-counters>
            """, StringComparison.Ordinal));

        Assert.Equal("CN=a b c", Assert.Single(run.Errors).Dn);
        AssertWhole(run);
    }

    [Fact]
    public void A_text_without_end_is_cut_however_many_pieces_it_comes_in()
    {
        var piece = new string('x', 1_500);

        var run = Parse(Whole.Replace(@"FABRIKAM\svc-guestsync", $"<![CDATA[{piece}]]><b>{piece}</b>", StringComparison.Ordinal));

        Assert.Equal(2_000, run.Caller.Length);
    }

    [Fact]
    public void Two_hundred_thousand_errors_are_counted_and_the_first_are_kept_in_little_memory()
    {
        using var document = new PiecewiseReader(RunDetailsXml.WithErrors(200_000));
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var run = RunDetailsParser.Parse(document, ErrorsKept);

        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(200_000, run.ErrorCount);
        Assert.Equal(200_000, run.Counters.ExportFailures);
        Assert.Equal(ErrorsKept, run.Errors.Count);
        Assert.Equal("CN=guest-1", run.Errors[0].Dn);
        Assert.InRange(kept, long.MinValue, 5_000_000);
    }

    private static RunDetails Parse(string document) => RunDetailsParser.Parse(document, ErrorsKept);

    private static void AssertWhole(RunDetails run)
    {
        Assert.Equal(412, run.RunNumber);
        Assert.Equal(3, run.Counters.Staged);
        Assert.Equal("success", run.Result?.Raw);
        Assert.Empty(run.Defect);
    }
}
