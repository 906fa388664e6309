using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Finds in the history the run that we started and tells what it came to: looks for it (<see cref="RunSearch"/>) as often and as long as
/// it takes, each time with a deadline.
/// </summary>
internal sealed class RunLookup(Provider provider, SyncServerSettings settings, TimeProvider time)
{
    // Details that fail may be read a moment later; where they are too much for the provider, they never are.
    private const int LooksForDetails = 3;

    private readonly RunStop stop = new(settings, time);

    public async Task<RunReport> ReportAsync(
        RunStart start, ExecuteAnswer answer, Tell tell, CancellationToken cancellationToken)
    {
        if (answer.Refused)
            return await ReportRefusalAsync(start, answer, tell, cancellationToken);

        var search = new RunSearch(provider, settings, start, answer);
        var look = new RunSighting { Missing = "there was no time left to look for the run" };
        try
        {
            look = await search.LookAsync(cancellationToken);
            if (answer.Lost)
            {
                look = await LookUntilAsync(look, found => found.Answered, settings.LookupDeadline, search, cancellationToken);
                TellFound(look, tell);
                if (look.Record is null)
                    return WithoutRun(start, answer, look.MissingUnnamed ?? look.Missing) with { Absent = look.Absent };
            }

            if (answer.Lost || (answer.Word.Class == ResultClass.StillRunning && !answer.LeftToItself))
                look = await WaitForEndAsync(look, start, answer, search, tell, cancellationToken);
            if (answer.Lost && look.Result is null)
            {
                tell(stop.TooLong(start.Request));
                look = await StopAsync(look, start, search, tell);
                answer = answer with { StoppedByDeadline = true };
            }

            var looks = 0;
            look = await LookUntilAsync(
                look,
                found => found.Foreign || (found.Complete && (found.Unread.Length == 0 || ++looks >= LooksForDetails)),
                settings.LookupDeadline, search, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // We are being stopped: what is known by now is the report. A run that no Execute waits for has not been stopped yet.
            if (answer.Lost && look is { Record: not null, Result: null })
                look = await StopAsync(look, start, search, tell);
        }

        if (answer.Word.Class == ResultClass.StillRunning || (answer.Lost && look.Record is not null))
            answer = answer with { Word = look.Result ?? ResultWords.Judge(ResultTable.InProgress) };
        return Report(start, answer, look, tell);
    }

    /// <summary>
    /// Most of MIM's no-start words leave a row, which tells the run's number and the connection that failed. It is ours only if it says
    /// the same word as well: whatever else the history shows, it is not what was refused.
    /// </summary>
    private async Task<RunReport> ReportRefusalAsync(
        RunStart start, ExecuteAnswer answer, Tell tell, CancellationToken cancellationToken)
    {
        var look = await new RunSearch(provider, settings, start, answer).LookAsync(cancellationToken);
        return (look.Details.Result ?? look.Record?.Status)?.Is(answer.Word.Raw) == true
            ? Report(start, answer, look, tell)
            : WithoutRun(start, answer, "the start was refused");
    }

    private async Task<RunSighting> WaitForEndAsync(
        RunSighting look, RunStart start, ExecuteAnswer answer, RunSearch search, Tell tell, CancellationToken cancellationToken)
    {
        if (look.Result is not null)
            return look;

        // A run whose connection was lost may have hours before it; one that Execute has returned from is about to end.
        var limit = answer.Lost ? TimeLeft(start, look) : settings.CompletingDeadline;
        var begun = time.GetTimestamp();
        tell($"The run is not over ({(answer.Lost ? ResultTable.InProgress : answer.Word.Raw)}): "
            + $"its end is waited for, up to {limit:c}.");
        look = await LookUntilAsync(look, found => found.Result is not null, limit, search, cancellationToken);
        if (look.Result is { } result)
            tell(FormattableString.Invariant($"It ended {time.GetElapsedTime(begun).TotalSeconds:0} s later: {result.Raw}."));
        return look;
    }

    /// <summary>In whole seconds, for people. It counts from when the run began, which may be long before we lost sight of it.</summary>
    private TimeSpan TimeLeft(RunStart start, RunSighting look)
    {
        var longest = stop.LimitOf(start.Request);
        var left = longest - (time.GetUtcNow() - (look.Record?.StartedAt ?? start.At));
        return TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(left.TotalSeconds, 0, longest.TotalSeconds)));
    }

    private async Task<RunSighting> StopAsync(RunSighting look, RunStart start, RunSearch search, Tell tell)
    {
        await stop.AskAsync(new MiisManagementAgent(provider, start.Request.ManagementAgent), tell);
        return await LookUntilAsync(look, found => found.Result is not null, settings.StopGrace, search, CancellationToken.None);
    }

    private static void TellFound(RunSighting look, Tell tell)
    {
        if (look.Record is { } record)
            tell(FormattableString.Invariant($"MIM's history has it as run {record.RunNumber}, {record.Status.Raw}."));
        else TellMissing(look, tell, why => $"It cannot be found: {why}.");
    }

    private static void TellMissing(RunSighting look, Tell tell, Func<string, string> say) =>
        tell(say(look.Missing), look.MissingUnnamed is { } unnamed ? say(unnamed) : null);

    private async Task<RunSighting> LookUntilAsync(
        RunSighting look, Predicate<RunSighting> enough, TimeSpan limit, RunSearch search, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(time, limit);
        while (!enough(look) && !deadline.Passed)
        {
            await Task.Delay(settings.PollInterval, time, cancellationToken);
            look = await search.LookAsync(cancellationToken);
        }

        return look;
    }

    private RunReport WithoutRun(RunStart start, ExecuteAnswer answer, string missing) => new()
    {
        Result = answer.Word,
        StartedAt = start.At,
        EndedAt = time.GetUtcNow(),
        CountersMissing = missing,
        StoppedByDeadline = answer.StoppedByDeadline,
    };

    private RunReport Report(RunStart start, ExecuteAnswer answer, RunSighting look, Tell tell)
    {
        if (look.Record is not { } record)
        {
            TellMissing(
                look, tell, why =>
                    $"MIM's history does not tell what it did ({why}): the steps that follow assume that it did something.");
            return WithoutRun(start, answer, look.MissingUnnamed ?? look.Missing) with
            {
                Absent = look.Absent,
                OtherCaller = look.OtherCaller
            };
        }

        var details = look.Details;
        if (details.ConnectionProblem.Length > 0)
            tell($"The management agent's connection to its directory: {details.ConnectionProblem}.");
        var missing = look.Unread.Length > 0 ? look.Unread
            : details.Defect.Length > 0 ? details.Defect
            : look.Complete ? "" : "the history does not show the end of the run";
        if (missing.Length > 0)
            tell($"Its counters cannot be trusted ({missing}): the steps that follow assume that it did something.");

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
