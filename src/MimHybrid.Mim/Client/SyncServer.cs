using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Client;

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
    private readonly Provider provider;
    private readonly IdleWait idle;
    private readonly RunExecution execution;
    private readonly RunLookup lookup;
    private readonly Overlaps overlaps;
    private readonly ConnectorLog? connectorLog;

    /// <param name="connection">The door.</param>
    /// <param name="settings">How long it is waited for what, and who we are.</param>
    /// <param name="time">The clock.</param>
    /// <param name="connectorLog">Where connectors leave their exceptions; null: it cannot be read here.</param>
    public SyncServer(ICimConnection connection, SyncServerSettings settings, TimeProvider time, ConnectorLog? connectorLog = null)
    {
        (this.settings, this.time, this.connectorLog) = (settings, time, connectorLog);
        provider = new Provider(connection, settings, time);
        idle = new IdleWait(provider, settings, time);
        execution = new RunExecution(settings, time);
        lookup = new RunLookup(provider, settings, time);
        overlaps = new Overlaps(provider);
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

    /// <summary>
    /// Runs one run profile and says what it came to. Waits before for runs that others started and after until the run is complete; each
    /// wait has its deadline in the settings. Failures are results: nothing but cancellation is thrown for what MIM does.
    /// </summary>
    /// <param name="request">What is to run.</param>
    /// <param name="tell">Told, in a sentence for people, each wait and what ended it: who else runs, that MIM was asked to stop the run,
    /// what the history shows.</param>
    /// <param name="cancellationToken">Ends the waits; see below.</param>
    /// <param name="mayStart">
    /// Asked after the waits, right before each start, because what others ran meanwhile may have changed the answer. False: nothing is
    /// started, and the result says so. What it throws as <see cref="CimConnectionException"/> is a result as well.
    /// </param>
    /// <exception cref="OperationCanceledException">
    /// Cancelled before anything was started. Once the run was started, cancelling stops it and the report is returned.
    /// </exception>
    public async Task<RunReport> RunAsync(
        RunRequest request, Tell tell, CancellationToken cancellationToken, Func<CancellationToken, Task<bool>>? mayStart = null)
    {
        var asked = time.GetUtcNow();
        try
        {
            return await RunOnceIdleAsync(request, asked, tell, mayStart, cancellationToken);
        }
        catch (CimConnectionException exception)
        {
            tell($"MIM could not be asked, so nothing was started: {exception.Message}");
            return NotStarted(ResultWords.Judge(exception.Failure), asked, "the server could not be asked");
        }
    }

    /// <summary>
    /// Finds a run of ours that this program lost sight of when it ended, waits for its end and says what it came to. It has no more time
    /// than any other: what is left of the longest duration, then it is stopped. Null: the history shows no such run. A report without a
    /// number: the history has it but cannot tell what it did, so that it may have done anything.
    /// </summary>
    /// <param name="request">What had been asked for.</param>
    /// <param name="lastRunNumber">The number of the agent's last run known before; 0 if none is.</param>
    /// <param name="askedAt">When it had been asked for, UTC; a run that began before is not ours.</param>
    /// <param name="tell">As for <see cref="RunAsync"/>.</param>
    /// <param name="cancellationToken">Ends the search. A run that was found is stopped, as by <see cref="RunAsync"/>.</param>
    /// <exception cref="CimConnectionException">The server is away: nobody knows what became of the run.</exception>
    public async Task<RunReport?> RejoinAsync(
        RunRequest request, int lastRunNumber, DateTimeOffset askedAt, Tell tell, CancellationToken cancellationToken)
    {
        // Others may have run much since the number was known, so that the time decides.
        var start = new RunStart(request, lastRunNumber, askedAt) { ClockSlack = TimeSpan.FromMinutes(5) };
        var report = await ReportAsync(start, new ExecuteAnswer(ResultWords.Judge(CimFailure.Unreachable)), tell, cancellationToken);
        if (report.RunNumber is not null)
            return report;

        // Not found is only known if the server answered; where it is away this throws, and whoever asks comes again.
        await Agent(request.ManagementAgent).ReadRunNumberAsync(cancellationToken);
        return report.Absent ? null : report;
    }

    private async Task<RunReport> RunOnceIdleAsync(
        RunRequest request, DateTimeOffset asked, Tell tell, Func<CancellationToken, Task<bool>>? mayStart,
        CancellationToken cancellationToken)
    {
        var patience = new Deadline(time, settings.ForeignRunDeadline);
        for (var pause = settings.PollInterval; ; pause = Longer(pause))
        {
            if (!await idle.WaitAsync(request, patience, tell, cancellationToken))
                return NotStarted(ResultWords.Judge(ResultTable.ForeignRunDeadline), asked, "the run was not started");

            if (mayStart is not null && !await mayStart(cancellationToken))
                return NotStarted(ResultWords.Judge(ResultTable.NotAllowed), asked, "the run was not started");

            var managementAgent = Agent(request.ManagementAgent);
            var start = new RunStart(request, await managementAgent.ReadRunNumberAsync(cancellationToken), time.GetUtcNow());
            cancellationToken.ThrowIfCancellationRequested();
            var answer = await execution.RunAsync(managementAgent, request, tell, cancellationToken);
            if (answer.Lost)
                tell($"No answer came from MIM ({answer.Word.Raw}), which says nothing of the run: it is looked for in MIM's history."
                    + (answer.Said.Length > 0 ? $" {answer.Said}" : ""));
            if (!answer.Word.IsWaitedFor || patience.Passed)
                return await ReportAsync(start, answer, tell, cancellationToken);

            if (pause == settings.PollInterval)
                tell($"Somebody else's run began in the same moment, so MIM started nothing ({answer.Word.Raw}): "
                    + "it is waited for, and this is tried again.");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    // The run is over, or left to itself: looking up what it came to may outlive the cancellation, for a moment.
    private async Task<RunReport> ReportAsync(
        RunStart start, ExecuteAnswer answer, Tell tell, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var registration = cancellationToken.Register(() => end.CancelAfter(settings.LookupDeadline));
        if (answer.StoppedByDeadline)
            end.CancelAfter(settings.LookupDeadline);
        var report = await lookup.ReportAsync(start, answer, tell, end.Token);
        if (start.Request.Synchronizes && report.RunNumber is not null && !end.IsCancellationRequested)
            await overlaps.TellAsync(start.Request, report, tell, end.Token);
        return AtConnector(report, start.Request, tell);
    }

    /// <summary>What the connector of an import or an export threw is in the event log and nowhere else.</summary>
    private RunReport AtConnector(RunReport report, RunRequest request, Tell tell)
    {
        if (request.Synchronizes || report.Result.ConnectorAdvice is not { } advice) return report;

        // An exception may quote the object that it met.
        foreach (var line in connectorLog?.ReadSince(report.StartedAt) ?? [])
            tell(line, unnamed: "What the Application event log says of it stands in the run log on the server.");
        return report with { Result = report.Result with { Meaning = advice, Do = "" } };
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
}
