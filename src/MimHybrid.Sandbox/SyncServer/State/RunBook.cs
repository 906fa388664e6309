using Microsoft.Extensions.Logging;
using MimHybrid.Sandbox.SyncServer.Runs;

namespace MimHybrid.Sandbox.SyncServer.State;

/// <summary>Writes down how runs begin, go on and end: in the history, in the log, and in the state folder where there is one.</summary>
internal sealed partial class RunBook(
    SyncServerState state, ErrorShelf errors, StateFolder? folder, SandboxDirectory directory, TimeProvider time, ILogger logger)
{
    /// <summary>Opens the history row that is there from a run's first moment. To be called under the gate.</summary>
    public SandboxRunRecord Open(AgentState managementAgent, string runProfile, SandboxStepKind step, string securityId)
    {
        var run = new SandboxRunRecord
        {
            AgentId = managementAgent.Identity.Id,
            AgentName = managementAgent.Identity.Name,
            RunNumber = ++managementAgent.LastRunNumber,
            RunProfile = runProfile,
            Step = step,
            StepId = Guid.NewGuid(),
            SecurityId = securityId,
            StartedAt = time.GetUtcNow(),
            Exports = managementAgent.Exports,
        };
        if (state.History.Add(run))
            errors.KeepOnly(state.History.Runs);
        Log.RunBegan(logger, run.RunNumber, run.AgentName, run.RunProfile, run.SecurityId);
        return run;
    }

    /// <summary>The run goes on, with another status.</summary>
    public void Note(SandboxRunRecord run, string status)
    {
        lock (state.Gate)
            state.History.Update(run with { Status = status });
    }

    /// <summary>Closes the row. To be called under the gate.</summary>
    public void Close(SandboxRunRecord run, AgentState managementAgent, StepOutcome outcome)
    {
        errors.Put(run, outcome.Report.ExportErrors);
        state.History.Update(run with
        {
            EndedAt = time.GetUtcNow(),
            Status = outcome.Result,
            Report = outcome.Report with { ExportErrors = [] },
            Exports = managementAgent.Exports,
        });
        Log.RunEnded(logger, run.RunNumber, run.AgentName, run.RunProfile, outcome.Result);
    }

    /// <summary>Removes the runs that ended at or before this moment, with their errors. False: there were none.</summary>
    public bool Clear(DateTimeOffset endingBefore)
    {
        lock (state.Gate)
        {
            if (state.History.Clear(endingBefore) == 0)
                return false;
            errors.KeepOnly(state.History.Runs);
        }

        Save();
        return true;
    }

    /// <summary>Closes what a killed process left open.</summary>
    public void CloseCutOff()
    {
        lock (state.Gate)
        {
            foreach (var run in state.History.CloseCutOff(time.GetUtcNow()))
                Log.CutOffRunClosed(logger, run.RunNumber, run.AgentName, run.RunProfile);
            errors.KeepOnly(state.History.Runs);
        }
    }

    /// <summary>The engine itself failed; the run ends as <c>stopped-server</c>.</summary>
    public void Report(SandboxRunRecord run, Exception error) =>
        Log.EngineFailed(logger, error, run.RunNumber, run.AgentName, run.RunProfile);

    /// <summary>Not to be called under the gate.</summary>
    public void Save() => folder?.Save(state, directory);

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Debug,
            "Sandbox: run {RunNumber} of {ManagementAgent}, {RunProfile}, began, started by {SecurityId}.")]
        public static partial void RunBegan(ILogger logger, int runNumber, string managementAgent, string runProfile, string securityId);

        [LoggerMessage(5101, LogLevel.Debug, "Sandbox: run {RunNumber} of {ManagementAgent}, {RunProfile}, ended: {Result}.")]
        public static partial void RunEnded(ILogger logger, int runNumber, string managementAgent, string runProfile, string result);

        [LoggerMessage(5102, LogLevel.Information,
            "Sandbox: run {RunNumber} of {ManagementAgent}, {RunProfile}, was cut off by the sandbox's end.")]
        public static partial void CutOffRunClosed(ILogger logger, int runNumber, string managementAgent, string runProfile);

        [LoggerMessage(5103, LogLevel.Error, "Sandbox: the engine failed in run {RunNumber} of {ManagementAgent}, {RunProfile}.")]
        public static partial void EngineFailed(ILogger logger, Exception error, int runNumber, string managementAgent, string runProfile);
    }
}
