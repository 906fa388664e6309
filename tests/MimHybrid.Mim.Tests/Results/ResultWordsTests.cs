using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Tests.Results;

public sealed class ResultWordsTests
{
    public static IEnumerable<TheoryDataRow<string, ResultClass>> EveryWord =>
    [
        .. Of(ResultClass.Success, ListedWords.Success),
        .. Of(ResultClass.Findings, ListedWords.Findings),
        .. Of(ResultClass.StillRunning, ListedWords.StillRunning),
        .. Of(ResultClass.TryAgain, ListedWords.TryAgain),
        .. Of(ResultClass.RunFullImport, ListedWords.RunFullImport),
        .. Of(ResultClass.StoppedByPerson, ListedWords.StoppedByPerson),
        .. Of(ResultClass.NeedsPerson, ListedWords.NeedsPerson),
    ];

    [Fact]
    public void Every_listed_word_has_one_row_and_no_row_is_of_elsewhere()
    {
        string[] ofClearRuns = ["invalid-date-parameter"];
        string[] ours = ["not-started-foreign-run", "not-started-held", .. Enum.GetValues<CimFailure>().Select(failure => ResultWords.Judge(failure).Raw)];

        Assert.Equal(
            ListedWords.All.Concat(ofClearRuns).Concat(ours).Order(StringComparer.Ordinal),
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

    /// <summary>Both are shown apart, and nothing is found by looking for a semicolon.</summary>
    [Fact]
    public void What_a_word_means_stands_apart_from_what_to_do()
    {
        Assert.All(ResultWords.Known.Where(row => row.Do.Length > 0), row =>
        {
            Assert.DoesNotMatch(@"[.;]$", row.Meaning);
            Assert.Equal((row.Meaning, row.Do), ResultWords.Explain(row.Raw, row.Advice));
        });
        Assert.InRange(ResultWords.Known.Count(row => row.Do.Length > 0), 80, 200);
        Assert.Equal(("As it was said once; do this.", ""), ResultWords.Explain("no-start-credentials", "As it was said once; do this."));
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
    [InlineData("completed-with-something-new", ResultClass.Findings, "The run completed with a finding that is not known here; ")]
    [InlineData("completing-something-new", ResultClass.StillRunning, "MIM is still completing the run; ")]
    [InlineData("no-start-something-new", ResultClass.NeedsPerson, "MIM refused to start the run for a cause that is not known here; ")]
    [InlineData("stopped-something-new", ResultClass.NeedsPerson, "MIM stopped the run for a cause that is not known here; ")]
    [InlineData("call-failure:0x80070005", ResultClass.TryAgain, "MIM's provider failed; ")]
    [InlineData("something-new", ResultClass.NeedsPerson, "MIM answered with a word that is not known here; ")]
    [InlineData("", ResultClass.NeedsPerson, "MIM answered nothing at all; ")]
    public void An_unknown_word_is_judged_by_its_family_and_keeps_its_text(string word, ResultClass expected, string cause)
    {
        var judged = ResultWords.Judge(word);

        Assert.Equal((word, expected), (judged.Raw, judged.Class));
        Assert.StartsWith(cause, judged.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void No_answer_at_all_is_an_empty_one() => Assert.Equal(ResultWords.Judge(""), ResultWords.Judge(null));

    /// <summary>Of a run that never started nothing is expected afterwards; to take another for one would forget what it did.</summary>
    [Theory]
    [InlineData("no-start-credentials", true)]
    [InlineData("No-Start-Something-New", true)]
    [InlineData("not-started-foreign-run", true)]
    [InlineData("not-started-held", true)]
    [InlineData("success", false)]
    [InlineData("in-progress", false)]
    [InlineData("stopped-deadlocked", false)]
    [InlineData("call-failure", false)]
    [InlineData("cim-unreachable", false)]
    [InlineData("", false)]
    public void A_refused_start_is_told_from_a_run_that_may_have_done_something(string word, bool neverStarted) =>
        Assert.Equal(neverStarted, ResultWords.Judge(word).NeverStarted);

    [Theory]
    [InlineData("call-failure", true)]
    [InlineData("Call-Failure:0x80070005", true)]
    [InlineData("call-failure:0x8023063D", false)]
    [InlineData("connection-failure", false)]
    [InlineData("stopped-deadlocked", false)]
    public void A_failure_that_nobody_can_name_needs_a_person_if_it_stays(string word, bool needsPerson) =>
        Assert.Equal(needsPerson, ResultWords.Judge(word).NeedsPersonIfItStays);

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
        Assert.Equal(["completed-discovery-errors"], ResultWords.Known.Where(row => row.ImportIncomplete).Select(row => row.Raw));

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
