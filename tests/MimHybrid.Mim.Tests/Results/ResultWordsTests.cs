using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Tests.Results;

public sealed class ResultWordsTests
{
    public static IEnumerable<TheoryDataRow<string, ResultClass>> EveryWord =>
    [
        .. Of(ResultClass.Success, ReferenceWords.A),
        .. Of(ResultClass.Findings, ReferenceWords.B),
        .. Of(ResultClass.StillRunning, ReferenceWords.C),
        .. Of(ResultClass.TryAgain, ReferenceWords.D),
        .. Of(ResultClass.RunFullImport, ReferenceWords.FullImport),
        .. Of(ResultClass.StoppedByPerson, ReferenceWords.PersonStopped),
        .. Of(ResultClass.NeedsPerson, ReferenceWords.F),
    ];

    [Fact]
    public void Every_word_of_the_reference_has_one_row_and_no_row_is_of_elsewhere()
    {
        string[] ofClearRuns = ["invalid-date-parameter"];
        string[] ours = ["not-started-foreign-run", "not-started-held", .. Enum.GetValues<CimFailure>().Select(failure => ResultWords.Judge(failure).Raw)];

        Assert.Equal(
            ReferenceWords.All.Concat(ofClearRuns).Concat(ours).Order(StringComparer.Ordinal),
            ResultWords.Known.Select(row => row.Raw).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(EveryWord))]
    public void Each_word_has_its_class_and_keeps_its_text(string word, ResultClass expected)
    {
        var judged = ResultWords.Judge(word);

        Assert.Equal(expected, judged.Class);
        Assert.Equal(word, judged.Raw);
    }

    [Fact]
    public void Everything_but_success_comes_with_one_sentence_of_advice()
    {
        Assert.All(ResultWords.Known, row =>
        {
            if (row.Class == ResultClass.Success)
                Assert.Empty(row.Advice);
            else
                Assert.Matches(@"^[A-Z].{20,}\w\)?\.$", row.Advice);
        });
    }

    [Theory]
    [InlineData("completed-with-something-new", ResultClass.Findings)]
    [InlineData("completing-something-new", ResultClass.StillRunning)]
    [InlineData("no-start-something-new", ResultClass.NeedsPerson)]
    [InlineData("stopped-something-new", ResultClass.NeedsPerson)]
    [InlineData("call-failure:0x80070005", ResultClass.TryAgain)]
    [InlineData("something-new", ResultClass.NeedsPerson)]
    [InlineData("", ResultClass.NeedsPerson)]
    public void An_unknown_word_is_judged_by_its_family_and_keeps_its_text(string word, ResultClass expected)
    {
        var judged = ResultWords.Judge(word);

        Assert.Equal(expected, judged.Class);
        Assert.Equal(word, judged.Raw);
        Assert.NotEmpty(judged.Advice);
    }

    [Fact]
    public void No_answer_at_all_needs_a_person() => Assert.Equal(ResultClass.NeedsPerson, ResultWords.Judge(null).Class);

    [Theory]
    [InlineData("call-failure:0x8023063D")]
    [InlineData("call-failure: 0x8023063d")]
    [InlineData("call-failure (0x8023063D)")]
    public void The_code_of_another_synchronization_is_told_from_other_call_failures(string word)
    {
        var judged = ResultWords.Judge(word);

        Assert.Equal(ResultClass.TryAgain, judged.Class);
        Assert.StartsWith("Another synchronization is running", judged.Advice, StringComparison.Ordinal);
        Assert.Equal(word, judged.Raw);
    }

    [Fact]
    public void The_case_of_a_word_does_not_matter()
    {
        var judged = ResultWords.Judge("Completed-Discovery-Errors");

        Assert.Equal((ResultClass.Findings, true, "Completed-Discovery-Errors"), (judged.Class, judged.ImportIncomplete, judged.Raw));
    }

    [Fact]
    public void Only_discovery_errors_make_an_import_incomplete() =>
        Assert.Equal([ResultWords.CompletedDiscoveryErrors], ResultWords.Known.Where(row => row.ImportIncomplete).Select(row => row.Raw));

    [Theory]
    [InlineData(CimFailure.AccessDenied, "FIMSyncOperators")]
    [InlineData(CimFailure.InvalidNamespace, "not installed")]
    [InlineData(CimFailure.Unreachable, "FIMSynchronizationService")]
    [InlineData(CimFailure.NoNativeLibrary, "Windows")]
    [InlineData(CimFailure.NotFound, "no management agent")]
    public void A_call_that_never_reached_MIM_has_a_word_of_ours_and_names_the_next_step(CimFailure failure, string hint)
    {
        var judged = ResultWords.Judge(failure);

        Assert.StartsWith("cim-", judged.Raw, StringComparison.Ordinal);
        Assert.Contains(hint, judged.Advice, StringComparison.Ordinal);
        Assert.Equal(judged, ResultWords.Judge(judged.Raw));
    }

    private static IEnumerable<TheoryDataRow<string, ResultClass>> Of(ResultClass expected, string[] words) =>
        words.Select(word => new TheoryDataRow<string, ResultClass>(word, expected));
}
