using MimHybrid.Store.Rows;

namespace MimHybrid.Benchmarks.Months;

/// <summary>
/// A synchronization service of which only counts and times are left: each change of the tenant passes from station to station, and a run
/// takes what the model says. The sandbox's engine, with its objects, could not live fifteen months of 500,000 in a minute.
/// </summary>
internal sealed class ModelServer(MonthSetup setup, TenantMonth tenant)
{
    /// <summary>As Graph's delta pages have it in the sandbox.</summary>
    public const int PageSize = 200;

    private readonly List<int> staged = [];
    private readonly List<int> pendingExports = [];
    private readonly List<int> unconfirmed = [];
    private readonly List<int> stagedBack = [];
    private readonly DateTimeOffset?[] exportedAt = new DateTimeOffset?[tenant.Events.Count];
    private readonly DateTimeOffset?[] confirmedAt = new DateTimeOffset?[tenant.Events.Count];
    private int read;
    private int accounts = setup.Guests;
    private bool importFailed;

    /// <summary>When an agent that asks each minute knows that MIM is back.</summary>
    public DateTimeOffset AnswersAgainAt => tenant.MimIsAway.To + TimeSpan.FromMinutes(1);

    public TimeSpan Busy { get; private set; }

    public int ProfilesRun { get; private set; }

    public int IdleSynchronizations { get; private set; }

    /// <summary>What the guests' connector asked of Graph.</summary>
    public int Requests { get; private set; }

    public int ExportedAfterFailedImport { get; private set; }

    public int PendingExports => pendingExports.Count;

    public int Unconfirmed => unconfirmed.Count + stagedBack.Count;

    /// <summary>For each event of the tenant, when it was in the directory.</summary>
    public IReadOnlyList<DateTimeOffset?> ExportedAt => exportedAt;

    /// <summary>For each event of the tenant, when MIM had read back what it exported.</summary>
    public IReadOnlyList<DateTimeOffset?> ConfirmedAt => confirmedAt;

    public int Staged(bool ofGuests) => (ofGuests ? staged : stagedBack).Count;

    /// <summary>From here on an import that fails belongs to this cycle.</summary>
    public void BeginCycle() => importFailed = false;

    /// <summary>Runs a profile from then on. What is under way when Graph or MIM goes away has done its share.</summary>
    public RunEnd Run(Profile profile, DateTimeOffset at)
    {
        var readsGraph = profile is { OfGuests: true, Kind: StepKind.Import };
        if (tenant.MimIsAway.Holds(at)) return Note(readsGraph, new RunEnd(at, Well: false, Done: 0));

        var changes = CountWaiting(profile, at);
        var graphIsAway = readsGraph && tenant.GraphIsAway.Holds(at);
        var ends = at + (graphIsAway ? setup.ProfileStart : Duration(profile, changes));
        var cut = FindCut(readsGraph, at, ends);
        var share = graphIsAway ? 0 : cut is { } earlier ? (earlier - at) / (ends - at) : 1;
        var end = new RunEnd(cut ?? ends, cut is null && !graphIsAway, (int)(changes * share));

        ProfilesRun++;
        Busy += end.At - at;
        if (profile.Kind == StepKind.Synchronization && changes == 0) IdleSynchronizations++;
        if (readsGraph) Requests += Math.Max(1, (int)Math.Ceiling(share * (profile.IsFull ? Objects(profile) : changes) / PageSize));
        Move(profile, end);
        return Note(readsGraph, end);
    }

    /// <summary>Only the last try of an import counts.</summary>
    private RunEnd Note(bool isImport, RunEnd end)
    {
        if (isImport) importFailed = !end.Well;
        return end;
    }

    private DateTimeOffset? FindCut(bool readsGraph, DateTimeOffset at, DateTimeOffset ends)
    {
        Outage[] outages = readsGraph ? [tenant.GraphIsAway, tenant.MimIsAway] : [tenant.MimIsAway];
        var cuts = outages.Where(outage => outage.From > at && outage.From < ends).Select(outage => outage.From).ToArray();
        return cuts.Length == 0 ? null : cuts.Min();
    }

    private TimeSpan Duration(Profile profile, int changes)
    {
        var anObject = (profile.IsFull, profile.Kind) switch
        {
            (true, StepKind.Import) => setup.FullImport,
            (true, StepKind.Synchronization) => setup.FullSynchronization,
            _ => TimeSpan.Zero,
        };
        return setup.ProfileStart + (anObject * Objects(profile)) + (setup.Change * changes);
    }

    private int Objects(Profile profile) => profile.OfGuests ? setup.Users - setup.Guests + accounts : accounts;

    private int CountWaiting(Profile profile, DateTimeOffset at) => profile switch
    {
        { OfGuests: true, Kind: StepKind.Import } => CountNews(at),
        { OfGuests: true, Kind: StepKind.Synchronization } => staged.Count,
        { OfGuests: false, Kind: StepKind.Export } => pendingExports.Count,
        { OfGuests: false, Kind: StepKind.Import } => unconfirmed.Count,
        { OfGuests: false, Kind: StepKind.Synchronization } => stagedBack.Count,
        _ => 0,
    };

    /// <summary>What has happened in the tenant before a run begins, and no import has seen.</summary>
    private int CountNews(DateTimeOffset at)
    {
        var seen = read;
        while (seen < tenant.Events.Count && tenant.Events[seen].At <= at) seen++;
        return seen - read;
    }

    private void Move(Profile profile, RunEnd end)
    {
        switch (profile)
        {
            case { OfGuests: true, Kind: StepKind.Import }:
                staged.AddRange(Enumerable.Range(read, end.Done));
                read += end.Done;
                break;
            case { OfGuests: true, Kind: StepKind.Synchronization }:
                pendingExports.AddRange(Take(staged, end.Done).Where(IsOfGuest));
                break;
            case { OfGuests: false, Kind: StepKind.Export }:
                Export(Take(pendingExports, end.Done), end.At);
                break;
            case { OfGuests: false, Kind: StepKind.Import }:
                stagedBack.AddRange(Take(unconfirmed, end.Done));
                break;
            case { OfGuests: false, Kind: StepKind.Synchronization }:
                foreach (var change in Take(stagedBack, end.Done)) confirmedAt[change] = end.At;
                break;
        }
    }

    private bool IsOfGuest(int change) => tenant.Events[change].Kind != TenantEventKind.MemberChanged;

    private void Export(List<int> changes, DateTimeOffset at)
    {
        if (importFailed) ExportedAfterFailedImport += changes.Count;
        foreach (var change in changes)
        {
            exportedAt[change] = at;
            accounts += tenant.Events[change].Kind switch
            {
                TenantEventKind.Invited => 1,
                TenantEventKind.Deleted => -1,
                _ => 0,
            };
        }

        unconfirmed.AddRange(changes);
    }

    private static List<int> Take(List<int> from, int count)
    {
        var taken = from[..count];
        from.RemoveRange(0, count);
        return taken;
    }
}
