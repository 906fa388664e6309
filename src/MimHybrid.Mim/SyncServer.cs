using Microsoft.Extensions.Logging;
using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim;

/// <summary>MIM's synchronization service: what it has, how it is, and one run profile from the first look to the report.</summary>
/// <remarks>
/// Safe to call from several threads: status and Stop are asked while a run is going. Questions throw
/// <see cref="CimConnectionException"/> when the provider cannot be asked; <see cref="RunAsync"/> reports that as a result instead.
/// </remarks>
public sealed partial class SyncServer
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly SyncServerSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Provider provider;
    private readonly IdleWait idle;
    private readonly RunExecution execution;
    private readonly RunLookup lookup;

    public SyncServer(ICimConnection connection, SyncServerSettings settings, TimeProvider time, ILogger<SyncServer> logger)
    {
        (this.settings, this.time, this.logger) = (settings, time, logger);
        provider = new Provider(connection, settings, time);
        idle = new IdleWait(provider, settings, time, logger);
        execution = new RunExecution(settings, time, logger);
        lookup = new RunLookup(provider, settings, time, logger);
    }

    public Task<IReadOnlyList<ManagementAgent>> ListManagementAgentsAsync(CancellationToken cancellationToken) =>
        MiisManagementAgent.ListAsync(provider, cancellationToken);

    /// <exception cref="CimConnectionException">The provider could not be asked, or answered a word instead of a number.</exception>
    public Task<PendingCounts> CountPendingAsync(string managementAgent, CancellationToken cancellationToken) =>
        Agent(managementAgent).CountPendingAsync(cancellationToken);

    /// <summary>All objects in the management agent's connector space, pending ones among them.</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked, or answered a word instead of a number.</exception>
    public Task<int> CountObjectsAsync(string managementAgent, CancellationToken cancellationToken) =>
        Agent(managementAgent).CountObjectsAsync(cancellationToken);

    /// <summary>Objects in the management agent's connector space that are linked to the metaverse.</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked, or answered a word instead of a number.</exception>
    public Task<int> CountConnectorsAsync(string managementAgent, CancellationToken cancellationToken) =>
        Agent(managementAgent).CountConnectorsAsync(cancellationToken);

    /// <summary><c>in-progress</c> while a run is going, else the last run's result; empty if there is no history.</summary>
    public Task<string> ReadStatusAsync(string managementAgent, CancellationToken cancellationToken) =>
        Agent(managementAgent).ReadStatusAsync(cancellationToken);

    /// <summary>The run with the greatest number, going or ended; null if there is no history.</summary>
    public Task<RunRecord?> ReadLastRunAsync(string managementAgent, CancellationToken cancellationToken) =>
        new MiisRunHistory(provider).ReadNewestAsync(managementAgent, cancellationToken);

    /// <summary>The names of the run profiles that began after a time: WMI lists no others (reference/mim-sync-engine.md 2.1).</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public async Task<IReadOnlySet<string>> ListRunProfilesSeenAsync(string managementAgent, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await new MiisRunHistory(provider).ReadSinceAsync(managementAgent, since, cancellationToken))
            .Select(run => run.RunProfile).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Stops the agent's run, whoever started it. Returns when it has stopped, with MIM's word: <c>success</c>, <c>ma-not-running</c>, ...
    /// It has no time limit but the caller's.
    /// </summary>
    public Task<string> StopAsync(string managementAgent, CancellationToken cancellationToken) =>
        Agent(managementAgent).StopAsync(cancellationToken);

    /// <summary>
    /// Removes the runs that ended at or before the time from the history of all management agents, for good. Says how it went in MIM's
    /// word, judged. A long history takes its time: this question, too, has no limit but the caller's.
    /// </summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public Task<ResultWord> ClearRunsAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken) =>
        new MiisServer(provider).ClearRunsAsync(endingBefore, cancellationToken);

    /// <summary>
    /// Runs one run profile and says what it came to. Waits before for runs that others started and after until the run is complete; each
    /// wait has its deadline in the settings. Failures are results: nothing but cancellation is thrown for what MIM does.
    /// </summary>
    /// <exception cref="OperationCanceledException">
    /// Cancelled before anything was started. Once the run was started, cancelling stops it and the report is returned.
    /// </exception>
    public async Task<RunReport> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var asked = time.GetUtcNow();
        try
        {
            return await RunOnceIdleAsync(request, asked, cancellationToken);
        }
        catch (CimConnectionException exception)
        {
            Log.NotStarted(logger, request.RunProfile, request.ManagementAgent, exception.Failure);
            return NotStarted(ResultWords.Judge(exception.Failure), asked, "the server could not be asked");
        }
    }

    /// <summary>
    /// Finds a run of ours that this program lost sight of when it ended, waits for its end within <see cref="SyncServerSettings.LongestRun"/>,
    /// and says what it came to. Null: the history shows no such run.
    /// </summary>
    /// <param name="request">What had been asked for.</param>
    /// <param name="lastRunNumber">The number of the agent's last run known before; 0 if none is.</param>
    /// <param name="askedAt">When it had been asked for, UTC; a run that began an hour or more before is not ours.</param>
    public async Task<RunReport?> RejoinAsync(
        RunRequest request, int lastRunNumber, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var lost = ExecuteAnswer.Of(CimFailure.Unreachable);
        var report = await lookup.ReportAsync(new RunStart(request, lastRunNumber, askedAt), lost, cancellationToken);
        return report.RunNumber is null ? null : report;
    }

    private async Task<RunReport> RunOnceIdleAsync(RunRequest request, DateTimeOffset asked, CancellationToken cancellationToken)
    {
        var patience = new Deadline(time, settings.ForeignRunDeadline);
        for (var pause = settings.PollInterval; ; pause = Longer(pause))
        {
            if (!await idle.WaitAsync(request, patience, cancellationToken))
                return NotStarted(ResultWords.Judge(ResultTable.ForeignRunDeadline), asked, "the run was not started");

            var agent = Agent(request.ManagementAgent);
            var start = new RunStart(request, await agent.ReadRunNumberAsync(cancellationToken), time.GetUtcNow());
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await execution.RunAsync(agent, request, cancellationToken);
            if (!answer.SlippedIn || patience.Passed)
                return await ReportAsync(start, answer, cancellationToken);

            if (pause == settings.PollInterval)
                Log.SlippedIn(logger, request.RunProfile, request.ManagementAgent, answer.Word.Raw);
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // The run is over, or left to itself: looking up what it came to may outlive the cancellation, for a moment.
    private async Task<RunReport> ReportAsync(RunStart start, ExecuteAnswer answer, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.Register(() => end.CancelAfter(settings.LookupDeadline));
        if (answer.StoppedByDeadline)
            end.CancelAfter(settings.LookupDeadline);
        return await lookup.ReportAsync(start, answer, end.Token);
    }

    private RunReport NotStarted(ResultWord result, DateTimeOffset asked, string missing) => new()
    {
        Result = result,
        StartedAt = asked,
        EndedAt = time.GetUtcNow(),
        CountersMissing = missing,
    };

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;

    private MiisManagementAgent Agent(string name) => new(provider, name);

    private static partial class Log
    {
        [LoggerMessage(3030, LogLevel.Warning, "'{RunProfile}' of {ManagementAgent} was not started: {Failure}.")]
        public static partial void NotStarted(ILogger logger, string runProfile, string managementAgent, CimFailure failure);

        [LoggerMessage(3031, LogLevel.Information,
            "'{RunProfile}' of {ManagementAgent} met a run that began in the same moment ('{Answer}'); it is tried again.")]
        public static partial void SlippedIn(ILogger logger, string runProfile, string managementAgent, string answer);
    }
}
