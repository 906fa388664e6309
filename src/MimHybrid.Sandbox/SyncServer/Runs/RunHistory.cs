namespace MimHybrid.Sandbox.SyncServer.Runs;

/// <summary>All runs, oldest first, up to a limit.</summary>
internal sealed class RunHistory(IEnumerable<SandboxRunRecord> saved, int kept)
{
    private readonly List<SandboxRunRecord> runs = [.. saved];

    public IReadOnlyList<SandboxRunRecord> Runs => runs;

    public SandboxRunRecord? LastOf(Guid agentId) => runs.FindLast(run => run.AgentId == agentId);

    /// <summary>True when the oldest run had to go for it.</summary>
    public bool Add(SandboxRunRecord started)
    {
        runs.Add(started);
        if (runs.Count <= kept)
            return false;
        runs.RemoveAt(0);
        return true;
    }

    /// <summary>Writes down how a run goes on. One that was dropped meanwhile stays dropped.</summary>
    public void Update(SandboxRunRecord run)
    {
        var index = runs.FindLastIndex(known => known.AgentId == run.AgentId && known.RunNumber == run.RunNumber);
        if (index >= 0)
            runs[index] = run;
    }

    /// <summary>
    /// Removes the runs that ended at or before this moment (MimHybrid.Mim/README.md#the-run-history), and returns how many.
    /// </summary>
    public int Clear(DateTimeOffset endingBefore) => runs.RemoveAll(run => run.EndedAt <= endingBefore);

    /// <summary>Ends the runs that were cut off when the process died, and says which.</summary>
    public IReadOnlyList<SandboxRunRecord> CloseCutOff(DateTimeOffset now)
    {
        SandboxRunRecord[] closed =
        [
            .. runs.Where(run => run.EndedAt is null)
                .Select(run => run with { EndedAt = now, Status = SandboxResultWords.ServiceShutdown }),
        ];
        foreach (var run in closed)
            Update(run);
        return closed;
    }
}
