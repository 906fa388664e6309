using MimHybrid.Cycles.Running;
using MimHybrid.Cycles.Settings;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Tests.Cycles;

public sealed class StepJudgeTests
{
    private static readonly Step Import = new("AADMA", "Delta Import (Stage Only)", StepKind.Import);

    [Theory]
    [InlineData("stopped-user-termination-from-wmi-or-ui", "ran longer than SyncServer:LongestRun allows and was stopped")]
    [InlineData("in-progress", "runs longer than SyncServer:LongestRun allows and did not stop when MIM was asked to stop it")]
    public void A_run_that_takes_too_long_is_said_to_be_stopped_only_if_it_was(string word, string expected)
    {
        var report = new RunReport { Result = ResultWords.Judge(word), StartedAt = default, EndedAt = default, StoppedByDeadline = true };

        var verdict = new StepJudge(new AgentSettings()).Judge(Import, report, retried: 0, seed: 1, shuttingDown: false);

        Assert.Equal($"{Import} {expected} ({word}).", Assert.IsType<Verdict.End>(verdict).Cycle.Failure);
    }

    /// <summary>Whatever our own stop made of the run, nobody else did, and nothing is tried again.</summary>
    [Theory]
    [InlineData("stopped-connectivity")]
    [InlineData("stopped-user-termination-from-wmi-or-ui")]
    public void A_run_that_our_own_shutdown_ended_ends_the_cycle_as_that(string word)
    {
        var report = new RunReport { Result = ResultWords.Judge(word), StartedAt = default, EndedAt = default };

        var verdict = new StepJudge(new AgentSettings()).Judge(Import, report, retried: 0, seed: 1, shuttingDown: true);

        Assert.Equal(CycleEnd.Shutdown, Assert.IsType<Verdict.End>(verdict).Cycle);
    }
}
