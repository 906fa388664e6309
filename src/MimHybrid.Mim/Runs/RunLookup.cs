using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Finds in the history the run that we started and tells what it came to. A run is ours if its number is greater than the last one before,
/// its profile is the one we asked for and, where our account is known, its caller is that account.
/// </summary>
internal sealed class RunLookup(Provider provider, SyncServerSettings settings, TimeProvider time)
{
    private readonly MiisRunHistory history = new(provider);
    private readonly RunStop stop = new(settings, time);

    public async Task<RunReport> ReportAsync(
        RunStart start, ExecuteAnswer answer, Action<string> tell, CancellationToken cancellationToken)
    {
        if (answer.Refused)
            return await ReportRefusalAsync(start, answer, tell, cancellationToken);

        var look = new Look { Missing = "there was no time left to look for the run" };
        try
        {
            look = await LookAsync(start, cancellationToken);
            if (answer.Lost)
            {
                look = await LookUntilAsync(look, found => found.Answered, settings.LookupDeadline, start, cancellationToken);
                tell(Found(look));
                if (look.Record is null)
                    return WithoutRun(start, answer, look.Missing) with { Absent = look.Absent };
            }

            if (answer.Lost || (answer.Word.Class == ResultClass.StillRunning && !answer.LeftToItself))
                look = await WaitForEndAsync(look, start, answer, tell, cancellationToken);
            if (answer.Lost && look.Result is null)
            {
                tell(stop.TooLong(start.Request));
                look = await StopAsync(look, start, tell);
                answer = answer with { StoppedByDeadline = true };
            }

            look = await LookUntilAsync(look, found => found.Complete || found.Foreign, settings.LookupDeadline, start, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // We are being stopped: what is known by now is the report. A run that no Execute waits for has not been stopped yet.
            if (answer.Lost && look is { Record: not null, Result: null })
                look = await StopAsync(look, start, tell);
        }

        if (answer.Word.Class == ResultClass.StillRunning || (answer.Lost && look.Record is not null))
            answer = answer with { Word = look.Result ?? ResultWords.Judge(ResultTable.InProgress) };
        return Report(start, answer, look, tell);
    }

    /// <summary>
    /// Most of MIM's no-start words leave a row, which tells the run's number and the connection that failed. It is ours only if it says the
    /// same word as well: whatever else the history shows, it is not what was refused.
    /// </summary>
    private async Task<RunReport> ReportRefusalAsync(
        RunStart start, ExecuteAnswer answer, Action<string> tell, CancellationToken cancellationToken)
    {
        var look = await LookAsync(start, cancellationToken);
        return look.Details.Result?.Is(answer.Word.Raw) == true
            ? Report(start, answer, look, tell)
            : WithoutRun(start, answer, "the start was refused");
    }

    private async Task<Look> WaitForEndAsync(
        Look look, RunStart start, ExecuteAnswer answer, Action<string> tell, CancellationToken cancellationToken)
    {
        if (look.Result is not null)
            return look;

        // A run whose connection was lost may have hours before it; one that Execute has returned from is about to end.
        var limit = answer.Lost ? TimeLeft(start, look) : settings.CompletingDeadline;
        var begun = time.GetTimestamp();
        tell($"The run is not over ({(answer.Lost ? ResultTable.InProgress : answer.Word.Raw)}): its end is waited for, up to {limit:c}.");
        look = await LookUntilAsync(look, found => found.Result is not null, limit, start, cancellationToken);
        if (look.Result is { } result)
            tell(FormattableString.Invariant($"It ended {time.GetElapsedTime(begun).TotalSeconds:0} s later: {result.Raw}."));
        return look;
    }

    /// <summary>In whole seconds, for people. It counts from when the run began, which may be long before we lost sight of it.</summary>
    private TimeSpan TimeLeft(RunStart start, Look look)
    {
        var longest = stop.LimitOf(start.Request);
        var left = longest - (time.GetUtcNow() - (look.Record?.StartedAt ?? start.At));
        return TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(left.TotalSeconds, 0, longest.TotalSeconds)));
    }

    private async Task<Look> StopAsync(Look look, RunStart start, Action<string> tell)
    {
        await stop.AskAsync(new MiisManagementAgent(provider, start.Request.ManagementAgent), tell);
        return await LookUntilAsync(look, found => found.Result is not null, settings.StopGrace, start, CancellationToken.None);
    }

    private static string Found(Look look) => look.Record is { } record
        ? FormattableString.Invariant($"MIM's history has it as run {record.RunNumber}, {record.Status.Raw}.")
        : $"It is not to be found: {look.Missing}.";

    private async Task<Look> LookUntilAsync(
        Look look, Predicate<Look> enough, TimeSpan limit, RunStart start, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(time, limit);
        while (!enough(look) && !deadline.Passed)
        {
            await Task.Delay(settings.PollInterval, time, cancellationToken);
            look = await LookAsync(start, cancellationToken);
        }

        return look;
    }

    private async Task<Look> LookAsync(RunStart start, CancellationToken cancellationToken)
    {
        try
        {
            var agent = new MiisManagementAgent(provider, start.Request.ManagementAgent);
            var status = ResultWords.Judge(await agent.ReadStatusAsync(cancellationToken));
            return await FindAsync(start, cancellationToken) with { Status = status };
        }
        catch (CimConnectionException exception)
        {
            return new Look { Missing = $"the server does not answer ({exception.Failure})" };
        }
    }

    private async Task<Look> FindAsync(RunStart start, CancellationToken cancellationToken)
    {
        var none = new Look { Absent = true, Missing = "the history shows no run that began after the start was asked for" };
        var records = await history.ReadSinceAsync(start.Request.ManagementAgent, start.At - start.ClockSlack, cancellationToken);
        foreach (var record in records.Where(record => CouldBe(start, record)))
        {
            var details = await history.ReadDetailsAsync(record, settings.ErrorsKept, cancellationToken);
            if (IsOurs(record, details))
                return new Look { Record = record, Details = details };
            none = NotOurs(record, details);
        }

        return none;
    }

    /// <summary>
    /// The details of a run that goes on may not name the caller; those of its end will
    /// (README.md#what-a-management-agent-says-of-its-run).
    /// </summary>
    private bool IsOurs(RunRecord record, RunDetails details) =>
        string.IsNullOrEmpty(settings.Account)
        || details.Caller.Equals(settings.Account, StringComparison.OrdinalIgnoreCase)
        || (details.Caller.Length == 0 && record.Status.Class == ResultClass.StillRunning);

    private Look NotOurs(RunRecord record, RunDetails details) => details.Caller.Length > 0
        ? new() { Absent = true, Foreign = true, Missing = $"the run was started by {details.Caller}, not by SyncServer:Account {settings.Account}" }
        : new() { Missing = FormattableString.Invariant($"the details of run {record.RunNumber} do not tell who started it, so that it cannot be told from somebody else's") };

    private static bool CouldBe(RunStart start, RunRecord record) =>
        record.RunNumber > start.LastRunNumber
        && record.RunProfile.Equals(start.Request.RunProfile, StringComparison.OrdinalIgnoreCase);

    private RunReport WithoutRun(RunStart start, ExecuteAnswer answer, string missing) => new()
    {
        Result = answer.Word,
        StartedAt = start.At,
        EndedAt = time.GetUtcNow(),
        CountersMissing = missing,
        StoppedByDeadline = answer.StoppedByDeadline,
    };

    private RunReport Report(RunStart start, ExecuteAnswer answer, Look look, Action<string> tell)
    {
        if (look.Record is not { } record)
        {
            tell($"MIM's history does not tell what it did ({look.Missing}): the steps that follow take it that it did something.");
            return WithoutRun(start, answer, look.Missing) with { Absent = look.Absent };
        }

        var details = look.Details;
        if (details.ConnectionProblem.Length > 0)
            tell($"The management agent's connection to its directory: {details.ConnectionProblem}.");
        var missing = details.Defect.Length > 0 ? details.Defect : look.Complete ? "" : "the history does not show the end of the run";
        if (missing.Length > 0)
            tell($"Its counters cannot be trusted ({missing}): the steps that follow take it that it did something.");

        return WithoutRun(start, answer, missing) with
        {
            Result = details.Result is { } worst ? ResultWords.Worse(answer.Word, worst) : answer.Word,
            RunNumber = record.RunNumber,
            StartedAt = details.StartedAt ?? record.StartedAt ?? start.At,
            EndedAt = details.EndedAt ?? record.EndedAt ?? time.GetUtcNow(),
            Steps = details.Steps,
            Counters = details.Counters,
            Errors = details.Errors,
            ErrorCount = details.ErrorCount,
        };
    }
}
