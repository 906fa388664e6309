using MimHybrid.Mim.Cim;

namespace MimHybrid.Benchmarks.Latency;

/// <summary>When what happened to one change in the tenant, in ticks of the machine's clock.</summary>
internal sealed class Moments
{
    private readonly Lock gate = new();
    private readonly List<(long Began, long Ended)> runs = [];
    private long asked, answered, committed, looked, askedMim;

    public long Changed { get; } = TimeProvider.System.GetTimestamp();

    /// <summary>From the change to the first Execute, one after the other; the name is what was done meanwhile.</summary>
    public IReadOnlyList<(string Name, TimeSpan Took)> Phases
    {
        get
        {
            (string Name, long At)[] ends =
            [
                (Phase.Poll, asked), (Phase.Answer, answered), (Phase.Commit, committed), (Phase.WakeUp, looked),
                (Phase.Decision, askedMim), (Phase.Looks, runs[0].Began),
            ];
            var before = Changed;
            var phases = new List<(string, TimeSpan)>();
            foreach (var (name, at) in ends)
            {
                // A poll under way may meet a change that came after it had been asked for: nothing was waited for then.
                phases.Add((name, TimeProvider.System.GetElapsedTime(before, Math.Max(before, at))));
                before = Math.Max(before, at);
            }

            return phases;
        }
    }

    /// <summary>Nothing is missing, and nothing happened before what it follows from. A poll under way may have met the change.</summary>
    public bool IsWhole =>
        runs.Count > 0 && runs.TrueForAll(run => run.Ended >= run.Began)
        && answered > 0 && answered >= asked && committed >= answered && looked > 0 && askedMim >= looked && runs[0].Began >= askedMim
        && askedMim >= committed && Ended >= runs[^1].Ended;

    public TimeSpan CommitToExecute => TimeProvider.System.GetElapsedTime(committed, runs[0].Began);

    /// <summary>From the end of each run profile to the beginning of the next.</summary>
    public IEnumerable<TimeSpan> BetweenProfiles =>
        runs.Zip(runs.Skip(1), (one, next) => TimeProvider.System.GetElapsedTime(one.Ended, next.Began));

    /// <summary>What of the cycle, from the decision to its last row, no Execute was under way.</summary>
    public double ShareNotMims =>
        1 - (runs.Sum(run => (double)(run.Ended - run.Began)) / (Ended - looked));

    public long Ended { get; private set; }

    public DateTimeOffset FirstExecuteAt { get; private set; }

    public void Asks() => Mark(() => asked = committed == 0 ? Now : asked);

    public void Answers() => Mark(() => answered = committed == 0 ? Now : answered);

    public void Commits() => Mark(() => committed = committed == 0 ? Now : committed);

    public void Looks() => Mark(() => looked = askedMim == 0 ? Now : looked);

    public void AsksMim() => Mark(() => askedMim = askedMim == 0 ? Now : askedMim);

    public void Ends() => Mark(() => Ended = Now);

    public async Task<string> ExecuteAsync(Func<Task<string>> execute)
    {
        var began = Now;
        if (runs.Count == 0) FirstExecuteAt = TimeProvider.System.GetUtcNow();
        var result = await execute();
        Mark(() => runs.Add((began, Now)));
        return result;
    }

    private static long Now => TimeProvider.System.GetTimestamp();

    private void Mark(Action mark)
    {
        lock (gate) mark();
    }
}

/// <summary>What a change waits for, in this order.</summary>
internal static class Phase
{
    public const string Poll = "wait for the poll";
    public const string Answer = "Graph's answer";
    public const string Commit = "the answer read, and committed";
    public const string WakeUp = "settle time (none), the loop's wake-up";
    public const string Decision = "decision, and the cycle's first rows";
    public const string Looks = "looks at MIM";

    public static IReadOnlyList<string> All { get; } = [Poll, Answer, Commit, WakeUp, Decision, Looks];
}

/// <summary>The door to MIM, at which every question is seen.</summary>
internal sealed class WatchedDoor(ICimConnection connection, Func<Moments?> moments) : ICimConnection
{
    public Task<IReadOnlyList<CimRow>> QueryAsync(string wql, CancellationToken cancellationToken)
    {
        moments()?.AsksMim();
        return connection.QueryAsync(wql, cancellationToken);
    }

    public Task<string> InvokeAsync(CimTarget target, string method, IReadOnlyList<CimArgument> arguments, CancellationToken cancellationToken)
    {
        moments()?.AsksMim();
        return method == "Execute" && moments() is { } now
            ? now.ExecuteAsync(() => connection.InvokeAsync(target, method, arguments, cancellationToken))
            : connection.InvokeAsync(target, method, arguments, cancellationToken);
    }

    public void Dispose() => connection.Dispose();
}

/// <summary>The way to Graph, on which each delta query and its answer are seen.</summary>
internal sealed class WatchedWay(HttpMessageHandler inner, Func<Moments?> moments) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath.Contains("delta", StringComparison.Ordinal) is not true) return await base.SendAsync(request, cancellationToken);

        moments()?.Asks();
        var answer = await base.SendAsync(request, cancellationToken);
        moments()?.Answers();
        return answer;
    }
}
