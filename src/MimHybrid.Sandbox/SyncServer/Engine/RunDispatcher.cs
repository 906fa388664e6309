using MimHybrid.Sandbox.SyncServer.Runs;
using MimHybrid.Sandbox.SyncServer.State;

namespace MimHybrid.Sandbox.SyncServer.Engine;

/// <summary>
/// Starts and stops runs by MIM's rules: one per agent, and one synchronization at all (MimHybrid.Mim/README.md#what-may-run-together).
/// </summary>
internal sealed class RunDispatcher(
    SyncServerState state, RunProfileEngine engine, RunBook book, SyncServerScript script, SyncServerOptions options, TimeProvider time)
{
    private readonly Dictionary<AgentState, ActiveRun> active = [];

    /// <summary>Runs a profile and returns its result word. Cancelling ends the wait; the run goes on.</summary>
    public async Task<string> ExecuteAsync(AgentState managementAgent, string runProfile, CancellationToken cancellationToken)
    {
        var plan = script.Next(managementAgent.Identity.Name, runProfile);
        if (plan.SlipsIn is { } foreign)
        {
            var foreignResult = StartForeignAsync(foreign);
            if (foreign.Duration == TimeSpan.Zero)
                await foreignResult.WaitAsync(cancellationToken);
        }

        return await StartAsync(managementAgent, runProfile, options.SecurityId, plan).WaitAsync(cancellationToken);
    }

    /// <summary>Somebody else starts a run now; the task ends with its result word.</summary>
    public Task<string> StartForeignAsync(ForeignRun foreign)
    {
        var managementAgent = state.FindAgent(foreign.ManagementAgent)
            ?? throw new ArgumentException($"There is no management agent {foreign.ManagementAgent}.", nameof(foreign));
        return StartAsync(managementAgent, foreign.RunProfile, foreign.SecurityId, new RunPlan { Duration = foreign.Duration });
    }

    /// <summary>Stops the agent's run and waits until it has ended.</summary>
    public async Task<string> StopAsync(AgentState managementAgent, CancellationToken cancellationToken)
    {
        ActiveRun? run;
        lock (state.Gate)
        {
            if (!active.TryGetValue(managementAgent, out run))
                return SandboxResultWords.NotRunning;
            run.BeginStop(SandboxResultWords.StoppedByUser);
        }

        await run.Ended.WaitAsync(cancellationToken);
        return SandboxResultWords.Success;
    }

    /// <summary>Ends every run, as a service does that is going down.</summary>
    /// <param name="cutsCalls">Whether those who wait for the runs get no word but a broken connection.</param>
    public Task StopAllAsync(bool cutsCalls = false)
    {
        lock (state.Gate)
        {
            foreach (var run in active.Values)
            {
                if (cutsCalls)
                    run.CutCall();
                run.BeginStop(SandboxResultWords.ServiceShutdown);
            }

            return Task.WhenAll(active.Values.Select(run => run.Ended));
        }
    }

    private Task<string> StartAsync(AgentState managementAgent, string runProfile, string securityId, RunPlan plan)
    {
        if (plan.IsRefused)
            return Task.FromResult(plan.Result!);

        ActiveRun run;
        lock (state.Gate)
        {
            var step = StepOf(runProfile);
            if (Refusal(managementAgent, step) is { } refusal)
                return Task.FromResult(refusal);

            run = new ActiveRun(managementAgent, book.Open(managementAgent, runProfile, step!.Value, securityId));
            active.Add(managementAgent, run);
        }

        _ = RunAsync(run, plan);
        return run.Returned;
    }

    /// <summary>Why a run may not start now; null when it may.</summary>
    private string? Refusal(AgentState managementAgent, SandboxStepKind? step)
    {
        if (step is not { } known)
            return SandboxResultWords.UnknownProfile;
        if (active.ContainsKey(managementAgent))
            return SandboxResultWords.AlreadyRunning;

        var isSynchronizing = active.Values.Any(run => run.Record.Step.IsSynchronization);
        return known.IsSynchronization && isSynchronizing ? SandboxResultWords.SynchronizationRunning : null;
    }

    private async Task RunAsync(ActiveRun run, RunPlan plan)
    {
        StepOutcome outcome;
        try
        {
            book.Save();
            outcome = await WorkAsync(run, plan);
        }
        catch (OperationCanceledException) when (run.StopWord is not null)
        {
            outcome = StepOutcome.Nothing(run.StopWord);
        }
        catch (Exception error)
        {
            book.Report(run.Record, error);
            outcome = StepOutcome.Nothing(SandboxResultWords.StoppedServer);
        }

        lock (state.Gate)
        {
            active.Remove(run.Agent);
            book.Close(run.Record, run.Agent, outcome);
            run.Dispose();
        }

        try
        {
            book.Save();
        }
        finally
        {
            run.End(outcome.Result); // whoever waits for the run waits no longer, come what may
        }
    }

    private async Task<StepOutcome> WorkAsync(ActiveRun run, RunPlan plan)
    {
        var finish = plan.EndsEarly
            ? _ => StepOutcome.Nothing(plan.Result!)
            : await engine.PrepareAsync(run.Agent, run.Record.Step, run.Stopping);

        await Task.Delay(plan.HangsUntilStopped ? Timeout.InfiniteTimeSpan : plan.Duration ?? options.StepDuration, time, run.Stopping);
        if (plan.ReturnsEarlyBy is { } rest)
        {
            book.Note(run.Record, SandboxResultWords.CompletingReferentialUpdates);
            run.ReturnEarly(SandboxResultWords.CompletingReferentialUpdates);
            await Task.Delay(rest, time, run.Stopping);
        }

        lock (state.Gate)
        {
            run.Stopping.ThrowIfCancellationRequested();
            var outcome = finish(new StepConditions(plan.HasDiscoveryErrors, plan.FailingObjects, script.FaultOf));
            return SandboxResultWords.EndsEarly(outcome.Result) ? outcome : outcome with { Result = plan.Result ?? outcome.Result };
        }
    }

    private SandboxStepKind? StepOf(string runProfile)
    {
        var names = options.Profiles;
        (string Name, SandboxStepKind Step)[] profiles =
        [
            (names.FullImport, SandboxStepKind.FullImport), (names.DeltaImport, SandboxStepKind.DeltaImport),
            (names.FullSynchronization, SandboxStepKind.FullSynchronization),
                (names.DeltaSynchronization, SandboxStepKind.DeltaSynchronization),
            (names.Export, SandboxStepKind.Export),
        ];
        var index = Array.FindIndex(profiles, profile => profile.Name.Equals(runProfile, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? null : profiles[index].Step;
    }
}
