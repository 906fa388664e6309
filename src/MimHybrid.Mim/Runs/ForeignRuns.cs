using MimHybrid.Mim.Cim;

namespace MimHybrid.Mim.Runs;

/// <summary>
/// What runs of others do, and who started them, as far as MIM tells it while they go on: that may be no more than the profile's name
/// (README.md#what-a-management-agent-says-of-its-run). Made for one wait, during which what was found out is remembered.
/// </summary>
internal sealed class ForeignRuns(Provider provider, RunRequest request, TimeProvider time)
{
    // What a profile does changes only when somebody edits it, and nobody has seen what a query for a long history costs.
    private static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    private const int EarlierRuns = 3;

    private readonly MiisRunHistory history = new(provider);
    private readonly Dictionary<(string ManagementAgent, string RunProfile), bool?> earlier = [];

    /// <summary>
    /// Whether what runs there may be a synchronization. Its name says it, or its details, or those of the profile's earlier runs, or the
    /// sequences; where nothing does, it may.
    /// </summary>
    public async Task<bool> MaySynchronizeAsync(string managementAgent, CancellationToken cancellationToken)
    {
        var instance = new MiisManagementAgent(provider, managementAgent);
        var runProfile = await instance.ReadRunProfileAsync(cancellationToken);
        return runProfile.Contains("sync", StringComparison.OrdinalIgnoreCase)
            || (Synchronizes(await ReadDetailsAsync(instance, cancellationToken))
                ?? await DidSynchronizeAsync(managementAgent, runProfile, cancellationToken)
                ?? request.KnownToSynchronize(managementAgent, runProfile)
                ?? true);
    }

    /// <summary>
    /// The run profile that runs there, since when, and who started it, as far as MIM says so; and the same without that name.
    /// </summary>
    public async Task<(string What, string? Unnamed)> DescribeAsync(string managementAgent, CancellationToken cancellationToken)
    {
        var instance = new MiisManagementAgent(provider, managementAgent);
        var runProfile = await TryAsync(() => instance.ReadRunProfileAsync(cancellationToken)) ?? "";
        var caller = (await ReadDetailsAsync(instance, cancellationToken)).Caller;
        var since = UtcText.Parse(await TryAsync(() => instance.ReadRunStartAsync(cancellationToken)))
            ?? (await ReadHistoryAsync(managementAgent, cancellationToken)).LastOrDefault(run => run.EndedAt is null)?.StartedAt;

        var what = runProfile.Length > 0 ? $"on {managementAgent} the run profile '{runProfile}' runs" : $"{managementAgent} runs";
        var begun = since is { } at ? $" at {UtcText.Format(at)} UTC" : "";
        if (caller.Length > 0) return ($"{what}, started by {caller}{begun}", $"{what}, started by somebody{begun}");
        return (begun.Length > 0
            ? $"{what}, started{begun}; MIM does not tell by whom while it runs"
            : $"{what}; MIM does not tell since when or by whom while it runs", null);
    }

    private async Task<bool?> DidSynchronizeAsync(string managementAgent, string runProfile, CancellationToken cancellationToken)
    {
        if (earlier.TryGetValue((managementAgent, runProfile), out var known)) return known;

        var runs = (await ReadHistoryAsync(managementAgent, cancellationToken))
            .Where(run => run.EndedAt is not null && run.RunProfile.Equals(runProfile, StringComparison.OrdinalIgnoreCase));
        foreach (var run in runs.Reverse().Take(EarlierRuns))
            known ??= Synchronizes(await TryAsync(() => history.ReadDetailsAsync(run, errorsKept: 0, cancellationToken)) ?? new());
        return earlier[(managementAgent, runProfile)] = known;
    }

    private static bool? Synchronizes(RunDetails details) =>
        details.Steps.Count == 0 ? null : details.Steps.Any(step => step.Synchronizes);

    private async Task<IEnumerable<RunRecord>> ReadHistoryAsync(string managementAgent, CancellationToken cancellationToken) =>
        await TryAsync(() => history.ReadSinceAsync(managementAgent, time.GetUtcNow() - LookBack, cancellationToken)) ?? [];

    private static async Task<RunDetails> ReadDetailsAsync(MiisManagementAgent instance, CancellationToken cancellationToken) =>
        await TryAsync(() => instance.ReadRunDetailsAsync(cancellationToken)) is { } document
            ? RunDetailsParser.Parse(document, errorsKept: 0)
            : new();

    /// <summary>Null: this one question is not answered, which says nothing of the others.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (CimConnectionException)
        {
            return null;
        }
    }
}
