using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using static MimHybrid.Mim.Tests.SyncServerScene;

namespace MimHybrid.Mim.Tests;

/// <summary>Old runs are removed through MIIS_Server.ClearRuns.</summary>
public sealed class RunHistoryClearingTests : IDisposable
{
    private readonly SyncServerScene scene = new();

    private static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_that_ended_up_to_the_moment_are_gone_and_later_ones_stay()
    {
        await scene.RunAsync(ImportOfAdma);
        var first = await scene.RunAsync(ImportOfAdma);
        await scene.PassAsync(TimeSpan.FromMinutes(1));
        await scene.RunAsync(ImportOfAdma);

        var answer = await scene.Server.ClearRunsAsync(first.EndedAt, TestEnd);

        Assert.Equal(("success", ResultClass.Success), (answer.Raw, answer.Class));
        var left = Assert.Single(await scene.Sandbox.QueryAsync("SELECT RunNumber FROM MIIS_RunHistory", TestEnd));
        Assert.Equal("3", left["RunNumber"]);
    }

    [Fact]
    public async Task The_moment_is_told_in_utc_whatever_offset_it_has()
    {
        var run = await scene.RunAsync(ImportOfAdma);

        await scene.Server.ClearRunsAsync(run.EndedAt.AddMilliseconds(-1).ToOffset(TimeSpan.FromHours(5)), TestEnd);
        Assert.NotNull(await scene.LastRunAsync());

        await scene.Server.ClearRunsAsync(run.EndedAt.ToOffset(TimeSpan.FromHours(-5)), TestEnd);
        Assert.Null(await scene.LastRunAsync());
    }

    [Fact]
    public async Task A_run_is_still_recognised_as_ours_after_the_history_was_cleared()
    {
        var first = await scene.RunAsync(ImportOfAdma);
        await scene.Server.ClearRunsAsync(first.EndedAt, TestEnd);

        Assert.Equal(2, (await scene.RunAsync(ImportOfAdma)).RunNumber);
    }

    [Fact]
    public async Task Where_no_run_is_that_old_MIM_says_that_the_date_is_invalid_and_all_is_well()
    {
        await scene.RunAsync(ImportOfAdma);

        var answer = await scene.Server.ClearRunsAsync(scene.Time.GetUtcNow().AddDays(-1), TestEnd);

        Assert.Equal(("invalid-date-parameter", ResultClass.Success), (answer.Raw, answer.Class));
    }

    [Fact]
    public async Task A_refusal_is_judged_like_any_other_word()
    {
        scene.Script.AnswerMethodsWith("access-denied");
        Assert.Equal(ResultClass.NeedsPerson, (await scene.Server.ClearRunsAsync(scene.Time.GetUtcNow(), TestEnd)).Class);

        scene.Script.RefuseCalls(CimFailure.Unreachable);
        await Assert.ThrowsAsync<CimConnectionException>(() => scene.Server.ClearRunsAsync(scene.Time.GetUtcNow(), TestEnd));
    }

    public void Dispose() => scene.Dispose();
}
