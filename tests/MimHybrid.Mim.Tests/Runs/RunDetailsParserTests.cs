using System.Globalization;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Tests.Runs;

public sealed class RunDetailsParserTests
{
    private const int ErrorsKept = 50;

    [Fact]
    public void A_run_is_told_by_number_agent_profile_and_caller()
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success")));

        Assert.Equal(412, run.RunNumber);
        Assert.Equal("ADMA", run.ManagementAgent);
        Assert.Equal("Export", run.RunProfile);
        Assert.Equal(@"FABRIKAM\svc-guestsync", run.Caller);
        Assert.Equal("export", Assert.Single(run.Steps).Type);
        Assert.Empty(run.Defect);
    }

    [Fact]
    public void Times_are_UTC_from_the_first_start_to_the_last_end()
    {
        var run = Parse(RunDetailsXml.Of(
            RunDetailsXml.Step(2, "success", end: "2026-03-04 09:20:00.5"),
            RunDetailsXml.Step(1, "success", end: "2026-03-04 09:15:07.640")));

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 9, 15, 1, 113, TimeSpan.Zero), run.StartedAt);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 9, 20, 0, 500, TimeSpan.Zero), run.EndedAt);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void Times_and_numbers_do_not_depend_on_the_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

        var run = Parse(RunDetailsXml.Of(
            RunDetailsXml.Step(1, "success", RunDetailsXml.Counters("staging-counters", ("stage-add", "1200")))));

        Assert.Equal(new DateTimeOffset(2026, 3, 4, 9, 15, 1, 113, TimeSpan.Zero), run.StartedAt);
        Assert.Equal(1200, run.Counters.Staged);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void A_step_without_an_end_is_still_running(string? end)
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(2, "in-progress", end: end), RunDetailsXml.Step(1, "success")));

        Assert.Null(run.EndedAt);
        Assert.NotNull(run.StartedAt);
        Assert.Equal("success", run.Result?.Raw);
    }

    [Fact]
    public void Steps_come_in_any_order_and_are_kept_by_number()
    {
        var run = Parse(RunDetailsXml.Of(
            RunDetailsXml.Step(3, "success"), RunDetailsXml.Step(1, "success"), RunDetailsXml.Step(2, "success")));

        Assert.Equal([1, 2, 3], run.Steps.Select(step => step.Number));
    }

    [Fact]
    public void Counters_of_all_steps_are_added_up_and_zeros_are_left_out()
    {
        var run = Parse(RunDetailsXml.Of(
            RunDetailsXml.Step(2, "success", RunDetailsXml.Counters("staging-counters", ("stage-add", "3"), ("stage-delete", "1"))),
            RunDetailsXml.Step(1, "success", RunDetailsXml.Counters("staging-counters", ("stage-add", "2"), ("stage-no-change", "0")))));

        Assert.Equal(["stage-add", "stage-delete"], run.Counters.Staging.Values.Keys);
        Assert.Equal(5, run.Counters.Staging["stage-add"]);
        Assert.Equal(6, run.Counters.Staged);
    }

    [Fact]
    public void Inbound_counters_say_what_became_of_the_objects()
    {
        var inbound = RunDetailsXml.Counters(
            "inbound-flow-counters",
            ("disconnector-filtered", "900"), ("disconnector-projected-flow", "4"), ("disconnector-joined-flow", "2"),
            ("connector-flow", "7"), ("connector-no-flow", "50"), ("connector-filtered-remove-mv", "1"),
            ("connector-delete-leave-mv", "1"), ("flow-failure", "1"));

        var counters = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success", inbound))).Counters;

        Assert.Equal(900, counters.Inbound["disconnector-filtered"]);
        Assert.Equal(4, counters.Projected);
        Assert.Equal(2, counters.Joined);
        Assert.Equal(7, counters.Flowed);
        Assert.Equal(2, counters.Disconnected);
        Assert.Equal(1, counters.FlowFailures);
    }

    [Fact]
    public void Outbound_counters_are_kept_for_each_target()
    {
        var counters = Parse(RunDetailsXml.Of(RunDetailsXml.Step(
            1, "success",
            RunDetailsXml.Counters("outbound-flow-counters ma=\"ADMA\"", ("provisioned-add-flow", "4"), ("connector-no-flow", "9"))
            + RunDetailsXml.Counters("outbound-flow-counters ma=\"HR\"", ("connector-flow", "2"))))).Counters;

        Assert.Equal(["ADMA", "HR"], counters.Outbound.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((4, 9), (counters.Outbound["ADMA"]["provisioned-add-flow"], counters.Outbound["ADMA"]["connector-no-flow"]));
        Assert.Equal((0, 2), (counters.Outbound["hr"]["provisioned-add-flow"], counters.Outbound["hr"]["connector-flow"]));
    }

    [Fact]
    public void An_export_error_comes_with_the_directory_s_own_text()
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(
            1, "completed-export-errors",
            $"<synchronization-errors>{RunDetailsXml.ExportError("CN=guest-nine,OU=Guests")}</synchronization-errors>"
            + RunDetailsXml.Counters("export-counters", ("export-add", "2"), ("export-failure", "1")))));

        var error = Assert.Single(run.Errors);
        Assert.Equal(RunErrorKind.Export, error.Kind);
        Assert.Equal("CN=guest-nine,OU=Guests", error.Dn);
        Assert.Equal("password-policy-violation", error.Type);
        Assert.Equal("52 Unwilling to perform; 0000052D: the password is too short", error.Detail);
        Assert.Equal(new DateTimeOffset(2026, 3, 4, 8, 15, 6, 200, TimeSpan.Zero), error.FirstOccurred);
        Assert.Equal(1, error.RetryCount);
        Assert.Equal(2, run.Counters.Exported);
        Assert.Equal(1, run.Counters.ExportFailures);
    }

    [Fact]
    public void Discovery_import_and_retry_errors_are_told_apart()
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "completed-sync-errors", """
            <ma-discovery-errors>
              <ma-object-error><error-type>duplicate-object</error-type><dn>CN=a</dn></ma-object-error>
            </ma-discovery-errors>
            <synchronization-errors>
              <import-error dn="CN=b"><error-type>extension-dll-exception</error-type><algorithm-step>import-flow</algorithm-step>
                <change-not-reimported><delta><dn-attr><dn-value><dn>CN=y</dn></dn-value></dn-attr></delta></change-not-reimported>
                <extension-error-info>
                  <extension-name>Rules.dll</extension-name><call-stack>System.Exception: no mail</call-stack>
                </extension-error-info>
              </import-error>
            </synchronization-errors>
            <mv-retry-errors>
              <retry-error mv-guid="c" display-name="Guest C"><error-type>mv-constraint-violation</error-type></retry-error>
              <retry-error mv-guid="d" displayName="Guest D"><error-type>mv-constraint-violation</error-type></retry-error>
            </mv-retry-errors>
            """)));

        Assert.Equal(
            [
                (RunErrorKind.Discovery, "CN=a"), (RunErrorKind.Import, "CN=b"),
                (RunErrorKind.Retry, "Guest C"), (RunErrorKind.Retry, "Guest D"),
            ],
            run.Errors.Select(error => (error.Kind, error.Dn)));
        Assert.Equal("at import-flow; Rules.dll; System.Exception: no mail", run.Errors[1].Detail);
    }

    [Theory]
    [InlineData("<attribute-name>manager</attribute-name>", "attribute manager")]
    [InlineData("<algorithm-step ma-id=\"{A}\" dn=\"CN=b\">import-flow</algorithm-step><rules-error-info><context ma-name=\"AADMA\" dn=\"CN=b\">"
        + "<attribute-mapping dest-attr=\"mail\" context-id=\"{C}\"><direct-mapping><src-attribute>otherMails</src-attribute></direct-mapping></attribute-mapping>"
        + "</context></rules-error-info>", "at import-flow; attribute mail")]
    public void The_attribute_at_which_an_object_failed_is_named(string findings, string detail)
    {
        var error = Assert.Single(Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "completed-sync-errors",
            $"<synchronization-errors><import-error dn=\"CN=b\">{findings}<error-type>flow-multi-values-to-single-value</error-type></import-error></synchronization-errors>"))).Errors);

        Assert.Equal(("CN=b", "flow-multi-values-to-single-value", detail), (error.Dn, error.Type, error.Detail));
    }

    [Theory]
    [InlineData("<step-type type=\"delta-import\"><import-subtype>to-cs</import-subtype></step-type>", false, false)]
    [InlineData("<step-type type=\"full-import\"><import-subtype>to-cs</import-subtype></step-type>", false, false)]
    [InlineData("<step-type type=\"delta-import\"/>", true, false)]
    [InlineData("<step-type type=\"full-import\"></step-type>", true, false)]
    [InlineData("<step-type type=\"full-import-reevaluate-rules\"/>", true, false)]
    [InlineData("<step-type type=\"apply-rules\"><apply-rules-subtype>apply-pending</apply-rules-subtype></step-type>", true, false)]
    [InlineData("<step-type type=\"export\"/>", false, true)]
    public void A_step_tells_whether_it_synchronizes_and_whether_it_exports(string stepType, bool synchronizes, bool exports)
    {
        var step = Assert.Single(Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success")).Replace("<step-type type=\"export\"/>", stepType, StringComparison.Ordinal)).Steps);

        Assert.Equal((synchronizes, exports, "success"), (step.Synchronizes, step.Exports, step.Result.Raw));
    }

    [Theory]
    [InlineData("<dn>CN=a</dn><anchor>7f1c</anchor>", "CN=a")]
    [InlineData("<entry-number>7</entry-number><line-number>12</line-number><anchor>7f1c</anchor>", "7f1c")]
    [InlineData("<entry-number>7</entry-number><line-number>12</line-number><column-number>3</column-number>", "entry 7")]
    [InlineData("<line-number>12</line-number>", "line 12")]
    [InlineData("", "")]
    public void What_could_not_be_read_is_called_by_whatever_finds_it(string names, string expected) => Assert.Equal(
        expected,
        Assert.Single(Parse(RunDetailsXml.Of(RunDetailsXml.Step(
            1, "completed-discovery-errors",
            $"<ma-discovery-errors><ma-object-error><error-type>missing-dn</error-type>{names}</ma-object-error></ma-discovery-errors>"))).Errors).Dn);

    [Theory]
    [InlineData("", "dropped-connection dc7.fabrikam.test:389")]
    [InlineData("<connection-log><incident><connection-result>failed-search</connection-result><server>dc6</server><cd-error><error-code>81</error-code>"
        + "<error-literal>Server Down</error-literal><server-error-detail>DSID-7</server-error-detail></cd-error></incident></connection-log>",
        "dropped-connection dc7.fabrikam.test:389 (81 Server Down DSID-7)")]
    [InlineData("<connection-log><incident><connection-result>dropped-connection</connection-result></incident></connection-log>", "dropped-connection dc7.fabrikam.test:389")]
    public void A_failed_connection_is_told_with_its_server_and_its_own_text(string log, string expected)
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "stopped-connectivity",
            $"<ma-connection><connection-result>dropped-connection</connection-result><server>dc7.fabrikam.test:389</server>{log}</ma-connection>")));

        Assert.Equal(expected, run.ConnectionProblem);
    }

    /// <summary>A missing watermark has its own result word, <c>no-start-full-import-required</c>.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("success")]
    [InlineData("warning-no-watermark")]
    public void A_connection_that_stood_is_no_problem(string result) => Assert.Empty(Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "success",
        $"<ma-connection><connection-result>{result}</connection-result><server>dc7.fabrikam.test:389</server></ma-connection>"))).ConnectionProblem);

    [Theory]
    [InlineData("success", "completed-export-errors", "completed-export-errors")]
    [InlineData("completed-discovery-errors", "completed-sync-errors", "completed-discovery-errors")]
    [InlineData("completed-sync-errors", "completed-discovery-errors", "completed-discovery-errors")]
    [InlineData("completed-sync-errors", "completed-export-errors", "completed-sync-errors")]
    [InlineData("completed-warnings", "stopped-server", "stopped-server")]
    public void The_worst_step_speaks_for_the_run(string first, string second, string worst) =>
        Assert.Equal(worst, Parse(RunDetailsXml.Of(RunDetailsXml.Step(2, second), RunDetailsXml.Step(1, first))).Result?.Raw);

    /// <summary>As of a run that has just begun: no word is not the word that nobody knows.</summary>
    [Fact]
    public void A_step_that_says_nothing_yet_says_nothing_for_the_run()
    {
        var run = Parse(RunDetailsXml.Of("<step-details step-number=\"1\"/>"));

        Assert.Equal(new RunStep(1, "", ResultWords.Judge(""), StartedAt: null, EndedAt: null), Assert.Single(run.Steps));
        Assert.Null(run.Result);
        Assert.Null(run.EndedAt);
    }

    [Fact]
    public void A_run_s_word_keeps_its_raw_text_even_if_nobody_knows_it()
    {
        var run = Parse(RunDetailsXml.Of(RunDetailsXml.Step(1, "stopped-by-the-moon")));

        Assert.Equal(new ResultWord("stopped-by-the-moon", ResultClass.NeedsPerson, run.Result!.Meaning, run.Result.Do), run.Result);
    }

    private static RunDetails Parse(string document) => RunDetailsParser.Parse(document, ErrorsKept);
}
