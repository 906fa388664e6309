using System.Text.RegularExpressions;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>What a run came to, and that it is ours.</summary>
public sealed class RunReportTests : IDisposable
{
    private readonly SyncServerScene scene = new();

    [Fact]
    public async Task A_run_is_reported_with_its_word_number_times_and_counters()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { Duration = TimeSpan.FromMinutes(5) });
        var begin = scene.Time.GetUtcNow();

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(new ResultWord("success", ResultClass.Success, ""), report.Result);
        Assert.Equal(1, report.RunNumber);
        Assert.Equal(begin, report.StartedAt);
        Assert.Equal(begin + TimeSpan.FromMinutes(5), report.EndedAt);
        Assert.True(report.CountersKnown);
        Assert.Equal(3, report.Counters.Staged);
    }

    /// <summary>MIM finds a profile however it is typed, and its history may have the name as the profile has it.</summary>
    [Fact]
    public async Task A_run_is_ours_however_the_profile_s_name_is_typed_in_the_history()
    {
        scene.Wire.Rows = text => text == Import ? Import.ToUpperInvariant() : text;

        Assert.Equal(1, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task Findings_come_with_the_objects_that_failed()
    {
        scene.CreateAccounts(2);
        scene.Script.Answer("ADMA", Import, "completed-discovery-errors");

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(ResultClass.Findings, report.Result.Class);
        Assert.True(report.Result.ImportIncomplete);
        Assert.Equal(2, report.Counters.Staged);
    }

    [Fact]
    public async Task Errors_are_counted_and_the_first_are_kept()
    {
        scene.Settings.ErrorsKept = 2;
        var errors = string.Concat(Enumerable.Range(1, 3).Select(number => RunDetailsXml.ExportError($"CN=guest-{number}")));
        scene.Wire.RunDetails = details => details.Replace(
            "<synchronization-errors />", $"<synchronization-errors>{errors}</synchronization-errors>", StringComparison.Ordinal);

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(3, report.ErrorCount);
        Assert.Equal(["CN=guest-1", "CN=guest-2"], report.Errors.Select(error => error.Dn));
    }

    [Fact]
    public async Task A_step_that_went_worse_than_Execute_said_speaks_for_the_run()
    {
        scene.Wire.RunDetails = details => details.Replace(
            ">completed-no-objects<", ">completed-discovery-errors<", StringComparison.Ordinal);

        Assert.Equal("completed-discovery-errors", (await scene.RunAsync(ImportOfAdma)).Result.Raw);
    }

    [Fact]
    public async Task Damaged_run_details_leave_the_word_and_the_number_but_no_counters_to_trust()
    {
        scene.CreateAccounts(3);
        scene.Wire.RunDetails = details => details[..details.IndexOf("<staging-counters>", StringComparison.Ordinal)];
        scene.Settings.Account = null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("success", report.Result.Raw);
        Assert.Equal(1, report.RunNumber);
        Assert.False(report.CountersKnown);
        Assert.Single(scene.Telling("Its counters cannot be trusted ("));
    }

    [Theory]
    [InlineData("no-start-ma-update-in-progress", ResultClass.TryAgain)]
    [InlineData("access-denied", ResultClass.NeedsPerson)]
    [InlineData("call-failure", ResultClass.TryAgain)]
    [InlineData("call-failure:0x80070005", ResultClass.TryAgain)]
    [InlineData("connection-failure", ResultClass.TryAgain)]
    public async Task A_refused_start_is_never_credited_with_an_older_run(string word, ResultClass expected)
    {
        var report = await RefuseAsync(word);

        Assert.Equal(word, report.Result.Raw);
        Assert.Equal(expected, report.Result.Class);
        Assert.Null(report.RunNumber);
        Assert.False(report.CountersKnown);
        Assert.Equal(0, report.Counters.Staged);
    }

    [Theory]
    [InlineData("no-start-credentials", ResultClass.NeedsPerson)]
    [InlineData("no-start-full-import-required", ResultClass.RunFullImport)]
    public async Task A_refused_start_that_left_a_row_is_reported_with_it(string word, ResultClass expected)
    {
        var report = await RefuseAsync(word);

        Assert.Equal((word, expected, 2), (report.Result.Raw, report.Result.Class, report.RunNumber));
        Assert.Equal((true, 0), (report.CountersKnown, report.Counters.Staged));
    }

    [Fact]
    public async Task A_refused_start_is_not_credited_with_somebody_s_run_that_ended_in_the_same_moment()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { Result = "no-start-ma-update-in-progress", SlipsIn = new ForeignRun("ADMA", Import, TimeSpan.Zero, Us) });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("no-start-ma-update-in-progress", null), (report.Result.Raw, report.RunNumber));
    }

    [Fact]
    public async Task A_connection_that_failed_is_told_with_the_directory_s_own_text()
    {
        scene.Script.Answer("ADMA", Import, "no-start-connection");
        scene.Wire.RunDetails = details => Regex.Replace(details, "<ma-connection>.*?</ma-connection>", """
            <ma-connection><connection-result>failed-connection</connection-result><server>dc7.fabrikam.test:389</server><connection-log>
            <incident><cd-error><error-code>81</error-code><error-literal>Server Down</error-literal></cd-error></incident></connection-log></ma-connection>
            """, RegexOptions.Singleline);

        Assert.Equal(1, (await scene.RunAsync(ImportOfAdma)).RunNumber);
        Assert.Equal(["The management agent's connection to its directory: failed-connection dc7.fabrikam.test:389 (81 Server Down)."], scene.Told);
    }

    [Fact]
    public async Task A_profile_that_nobody_made_is_refused_with_the_settings_to_look_at()
    {
        var report = await scene.RunAsync(ImportOfAdma with { RunProfile = "Fuller Import" });

        Assert.Equal("no-start-unknown-profile-name", report.Result.Raw);
        Assert.Null(report.RunNumber);
    }

    [Fact]
    public async Task A_run_that_somebody_else_started_is_not_credited_to_us()
    {
        scene.Settings.Account = @"SANDBOX\SomebodyElse";
        scene.CreateAccounts(3);

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("success", report.Result.Raw);
        Assert.Null(report.RunNumber);
        Assert.Contains("started by somebody", report.CountersMissing, StringComparison.Ordinal);
        Assert.Contains(Us, Assert.Single(scene.Telling("MIM's history does not tell what it did (")), StringComparison.Ordinal);
        Assert.DoesNotContain(scene.ToldUnnamed, told => told.Contains(Us, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Callers_are_not_compared_where_our_account_is_not_known()
    {
        scene.Settings.Account = null;

        Assert.Equal(1, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task The_same_profile_run_by_somebody_else_just_before_us_is_told_from_ours()
    {
        scene.CreateAccounts(3);
        var foreign = new ForeignRun("ADMA", Import, TimeSpan.Zero, Somebody);
        scene.Script.Plan("ADMA", Import, new RunPlan { SlipsIn = foreign });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(2, report.RunNumber);
        Assert.Equal(0, report.Counters.Staged);
    }

    [Fact]
    public async Task Another_profile_that_ran_in_the_same_moment_is_told_from_ours()
    {
        scene.Script.Plan("ADMA", Import, new RunPlan { SlipsIn = new ForeignRun("ADMA", "Export", TimeSpan.Zero, Us) });

        Assert.Equal(2, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task Run_numbers_are_compared_as_numbers()
    {
        for (var expected = 1; expected <= 11; expected++)
            Assert.Equal(expected, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task A_history_that_was_cleared_does_not_confuse_us()
    {
        await scene.RunAsync(ImportOfAdma);
        await ClearHistoryAsync();

        Assert.Equal(2, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task The_history_is_asked_again_while_it_does_not_show_the_run_yet()
    {
        scene.CreateAccounts(3);
        scene.Wire.HidesHistory = true;
        var run = scene.Start(ImportOfAdma, TestContext.Current.CancellationToken);
        await scene.PassAsync(scene.Settings.LookupDeadline / 2);
        Assert.False(run.IsCompleted);

        scene.Wire.HidesHistory = false;
        var report = await scene.PlayAsync(run);

        Assert.Equal(1, report.RunNumber);
        Assert.Equal(3, report.Counters.Staged);
    }

    [Fact]
    public async Task A_run_that_goes_on_after_Execute_returned_is_waited_for()
    {
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { ReturnsEarlyBy = TimeSpan.FromMinutes(10) });
        var begin = scene.Time.GetUtcNow();

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal("success", report.Result.Raw);
        Assert.Equal(begin + TimeSpan.FromMinutes(10), report.EndedAt);
        Assert.Equal(3, report.Counters.Staged);
        Assert.Equal("The run is not over (completing-referential-updates): its end is waited for, up to 02:00:00.", scene.Told.First());
        Assert.Matches(@"^It ended 6\d\d s later: success\.$", scene.Told.Last());
    }

    [Fact]
    public async Task A_run_that_goes_on_has_its_word_from_the_status_where_the_history_does_not_show_it()
    {
        // An empty status is no word: there is no history (MimHybrid.Mim/README.md#what-a-management-agent-says-of-its-run).
        var soon = scene.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        scene.Wire.Answers = (_, method) => method == "RunStatus" && scene.Time.GetUtcNow() < soon ? "" : null;
        scene.Wire.HidesHistory = true;
        scene.CreateAccounts(3);
        scene.Script.Plan("ADMA", Import, new RunPlan { ReturnsEarlyBy = TimeSpan.FromMinutes(10) });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("success", null, false), (report.Result.Raw, report.RunNumber, report.CountersKnown));
    }

    [Fact]
    public async Task A_run_that_never_completes_is_reported_as_still_running()
    {
        scene.Settings.CompletingDeadline = TimeSpan.FromMinutes(5);
        scene.Script.Plan("ADMA", Import, new RunPlan { ReturnsEarlyBy = TimeSpan.FromDays(1) });

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(ResultClass.StillRunning, report.Result.Class);
        Assert.Equal(1, report.RunNumber);
        Assert.False(report.CountersKnown);
    }

    public void Dispose() => scene.Dispose();

    /// <summary>One run that ends well, and a second that is answered with the word.</summary>
    private async Task<RunReport> RefuseAsync(string word)
    {
        scene.CreateAccounts(3);
        await scene.RunAsync(ImportOfAdma);
        scene.Script.Answer("ADMA", Import, word);
        return await scene.RunAsync(ImportOfAdma);
    }

    private Task<string> ClearHistoryAsync() => scene.Sandbox.InvokeAsync(
        new CimTarget("MIIS_Server", "Name", "MIIS_Server1"), "ClearRuns", [new CimArgument("EndingBefore", "2027-01-01")],
        TestContext.Current.CancellationToken);
}
