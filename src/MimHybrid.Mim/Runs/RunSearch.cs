using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// Looks for one run of ours from outside. A run is ours if its number is greater than the last one before, its profile is the one we asked
/// for and, where our account is known, its caller is that account. Status, history and details are asked one by one: what one of them
/// does not answer says nothing of the others (README.md#each-question-by-itself).
/// </summary>
internal sealed class RunSearch(Provider provider, SyncServerSettings settings, RunStart start, ExecuteAnswer answer)
{
    private readonly MiisRunHistory history = new(provider);

    /// <summary>The number of a row that was ours when it was last seen: details that fail later do not take it away.</summary>
    private int? found;

    public async Task<RunSighting> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await ReadStatusAsync(cancellationToken);
            var look = await FindAsync(cancellationToken) with { Status = status, HistoryRead = true };
            found = look.Record?.RunNumber ?? found;
            return look;
        }
        catch (CimConnectionException exception)
        {
            return new RunSighting { Missing = $"the server does not answer ({exception.Message.TrimEnd('.')})" };
        }
    }

    /// <summary>Null: it is not told, and the history has to do. A server that is away would only let us wait twice.</summary>
    private async Task<ResultWord?> ReadStatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            var managementAgent = new MiisManagementAgent(provider, start.Request.ManagementAgent);
            return ResultWords.Judge(await managementAgent.ReadStatusAsync(cancellationToken));
        }
        catch (CimConnectionException exception) when (exception.Failure != CimFailure.Unreachable)
        {
            return null;
        }
    }

    private async Task<RunSighting> FindAsync(CancellationToken cancellationToken)
    {
        var none = new RunSighting { Absent = true, Missing = "the history shows no run that began after the start was asked for" };
        var all = await history.ReadSinceAsync(start.Request.ManagementAgent, start.At - start.ClockSlack, cancellationToken);
        var candidates = all.Where(CouldBe).ToList();
        foreach (var record in candidates)
        {
            // MIM said how the run ended, so there was one: if one row alone can be it, it is.
            var isOnly = candidates.Count == 1 && !answer.Lost;
            var (details, unread) = await ReadDetailsAsync(record, cancellationToken);
            if (IsOurs(record, details) || (details.RunNumber is null && (isOnly || record.RunNumber == found)))
                return new RunSighting { Record = record, Details = details, Unread = unread };
            none = unread.Length > 0
                ? new() { Unread = unread, Missing = $"{unread}, so that it cannot be told from somebody else's" }
                : NotOurs(record, details, isOnly);
        }

        return none;
    }

    private async Task<(RunDetails Details, string Unread)> ReadDetailsAsync(RunRecord record, CancellationToken cancellationToken)
    {
        try
        {
            return (await history.ReadDetailsAsync(record, settings.ErrorsKept, cancellationToken), "");
        }
        catch (CimConnectionException exception)
        {
            return (new(), $"the run details could not be read: {exception.Message.TrimEnd('.')}");
        }
    }

    /// <summary>
    /// The details of a run that goes on may not name the caller; those of its end will
    /// (README.md#what-a-management-agent-says-of-its-run).
    /// </summary>
    private bool IsOurs(RunRecord record, RunDetails details) =>
        string.IsNullOrEmpty(settings.Account)
        || details.Caller.Equals(settings.Account, StringComparison.OrdinalIgnoreCase)
        || (details.Caller.Length == 0 && record.Status.Class == ResultClass.StillRunning);

    /// <summary>One in another account's name may show that the setting is wrong (README.md#which-account-started-a-run).</summary>
    private RunSighting NotOurs(RunRecord record, RunDetails details, bool isOnly) => details.Caller.Length > 0
        ? new()
        {
            Absent = true,
            Foreign = true,
            Missing = StartedBy(details.Caller),
            MissingUnnamed = StartedBy("somebody"),
            OtherCaller = isOnly && record.Status.Is(answer.Word.Raw) ? details.Caller : "",
        }
        : new()
        {
            Missing = FormattableString.Invariant(
                $"the details of run {record.RunNumber} do not tell who started it, so that it cannot be told from somebody else's"),
        };

    private string StartedBy(string who) => $"the run was started by {who}, not by SyncServer:Account {settings.Account}";

    private bool CouldBe(RunRecord record) =>
        record.RunNumber > start.LastRunNumber
        && record.RunProfile.Equals(start.Request.RunProfile, StringComparison.OrdinalIgnoreCase);
}
