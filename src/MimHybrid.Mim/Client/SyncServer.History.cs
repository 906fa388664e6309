using MimHybrid.Mim.Cim;
using MimHybrid.Mim.Results;
using MimHybrid.Mim.Runs;

namespace MimHybrid.Mim.Client;

/// <content>What the run history says of runs, and what is taken from it.</content>
public sealed partial class SyncServer
{
    /// <summary>
    /// The names of the run profiles that ran since a time; others cannot be known (README.md#run-profiles-cannot-be-listed).
    /// </summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public async Task<IReadOnlySet<string>> ListRunProfilesSeenAsync(
        string managementAgent, DateTimeOffset since, CancellationToken cancellationToken) =>
        (await new MiisRunHistory(provider).ReadSinceAsync(managementAgent, since, cancellationToken))
            .Select(run => run.RunProfile).ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The run profiles that ran since a time, by name, with what the details of their newest run say that they do.</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public async Task<IReadOnlyList<SeenProfile>> ReadProfilesSeenAsync(
        string managementAgent, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var history = new MiisRunHistory(provider);
        var profiles = new List<SeenProfile>();
        foreach (var runs in (await history.ReadSinceAsync(managementAgent, since, cancellationToken))
            .GroupBy(run => run.RunProfile, StringComparer.OrdinalIgnoreCase))
        {
            var newest = runs.LastOrDefault(run => run.EndedAt is not null) ?? runs.Last();
            var details = await history.ReadDetailsAsync(newest, errorsKept: 0, cancellationToken);
            profiles.Add(new SeenProfile(newest.RunProfile, newest.StartedAt, details.Steps));
        }

        return [.. profiles.OrderBy(profile => profile.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// Removes the runs that ended at or before the time from the history of all management agents, for good. Says how it went in MIM's
    /// word, judged. A long history takes its time: this question, too, has no limit but the caller's.
    /// </summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public Task<ResultWord> ClearRunsAsync(DateTimeOffset endingBefore, CancellationToken cancellationToken) =>
        new MiisServer(provider).ClearRunsAsync(endingBefore, cancellationToken);

    /// <summary>Who started the newest runs that have ended since a time, as far as their details say it.</summary>
    /// <exception cref="CimConnectionException">The provider could not be asked.</exception>
    public async Task<IReadOnlySet<string>> ListCallersSeenAsync(
        string managementAgent, DateTimeOffset since, int runs, CancellationToken cancellationToken)
    {
        var history = new MiisRunHistory(provider);
        var callers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var run in (await history.ReadSinceAsync(managementAgent, since, cancellationToken)).Reverse().Take(runs))
        {
            var details = await history.ReadDetailsAsync(run, errorsKept: 0, cancellationToken);
            if (details.Caller.Length > 0) callers.Add(details.Caller);
        }

        return callers;
    }
}
