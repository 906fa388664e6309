using System.Text.RegularExpressions;
using MimHybrid.Sandbox.SyncServer;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests.Runs;

/// <summary>What is taken from MIM's history, when it is asked again and when that would be in vain.</summary>
public sealed class RunHistoryTests : IDisposable
{
    private readonly SyncServerScene scene = new();

    [Fact]
    public async Task Details_that_do_not_show_the_end_yet_are_asked_for_again_although_the_row_has_its_word()
    {
        scene.CreateAccounts(3);
        var soon = scene.Time.GetUtcNow() + (scene.Settings.LookupDeadline / 2);
        scene.Wire.RunDetails = details => scene.Time.GetUtcNow() < soon ? WithoutEnd(details).Replace(">3<", ">1<", StringComparison.Ordinal) : details;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((true, 3L), (report.CountersKnown, report.Counters.Staged));
    }

    [Fact]
    public async Task Details_that_never_show_the_end_have_no_counters_to_trust()
    {
        scene.CreateAccounts(3);
        scene.Wire.RunDetails = WithoutEnd;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("success", 1), (report.Result.Raw, report.RunNumber));
        Assert.Equal("the history does not show the end of the run", report.CountersMissing);
    }

    [Fact]
    public async Task The_times_of_a_run_are_those_of_its_details_where_they_differ_from_the_row()
    {
        scene.Wire.RunDetails = details => details.Replace(" 08:", " 07:", StringComparison.Ordinal);

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((7, 7), (report.StartedAt.Hour, report.EndedAt.Hour));
    }

    [Fact]
    public async Task The_word_that_Execute_answered_is_not_bettered_by_the_history()
    {
        scene.Wire.Answers = (_, method) => method == "Execute" ? RunUnheard("completed-discovery-errors") : null;

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal(("completed-discovery-errors", 1), (report.Result.Raw, report.RunNumber));
        Assert.Equal("completed-no-objects", (await scene.LastRunAsync())?["RunStatus"]);
    }

    [Fact]
    public async Task A_stranger_s_run_is_not_asked_for_again()
    {
        scene.Settings.Account = @"SANDBOX\SomebodyElse";

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.InRange(report.EndedAt - report.StartedAt, TimeSpan.Zero, scene.Settings.PollInterval);
    }

    [Fact]
    public async Task Details_without_a_caller_are_not_credited_to_us_and_the_reason_is_told_as_it_is()
    {
        scene.Wire.RunDetails = details => Regex.Replace(details, "<security-id>.*?</security-id>", "");

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Null(report.RunNumber);
        Assert.Equal("the details of run 1 do not tell who started it, so that it cannot be told from somebody else's", report.CountersMissing);
    }

    [Fact]
    public async Task Damaged_details_are_not_asked_for_again()
    {
        scene.Wire.RunDetails = details => details[..details.IndexOf("<end-date>", StringComparison.Ordinal)];
        var asked = scene.Time.GetUtcNow();

        var report = await scene.RunAsync(ImportOfAdma);

        Assert.Equal((1, false), (report.RunNumber, report.CountersKnown));
        Assert.InRange(scene.Time.GetUtcNow() - asked, TimeSpan.Zero, scene.Settings.PollInterval);
    }

    public void Dispose() => scene.Dispose();

    /// <summary>A run of ours whose call of Execute comes back with another word than MIM's.</summary>
    private string RunUnheard(string word)
    {
        _ = scene.Sandbox.StartForeignRunAsync(new ForeignRun("ADMA", Import, TimeSpan.Zero, Us));
        return word;
    }

    private static string WithoutEnd(string details) => Regex.Replace(details, "<end-date>.*?</end-date>", "");
}
