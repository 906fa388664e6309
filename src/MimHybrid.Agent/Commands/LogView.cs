using MimHybrid.Agent.Settings;
using MimHybrid.Agent.Show;
using MimHybrid.Cycles.Words;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;
using Spectre.Console;

namespace MimHybrid.Agent.Commands;

/// <summary>The run log, as it was asked for.</summary>
internal sealed class LogView(AgentReader store, CommonValues options, TimeProvider time, CancellationToken cancellationToken)
{
    /// <summary>Lines that fit on a screen.</summary>
    private const int RowsByDefault = 20;

    /// <summary>Cycles in full that a person reads.</summary>
    private const int FullByDefault = 5;

    /// <summary>So many cycles are looked at for as many lines: a night of quiet ones is one line.</summary>
    private const int CyclesPerRow = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly LogTable table = new(time.LocalTimeZone, Screen.IsTerminal ? AnsiConsole.Profile.Width : null);

    public void SayJson(LogValues wish)
    {
        foreach (var cycle in Read(wish, byDefault: null)) Say.Line(RunLogJson.Line(cycle));
    }

    public int WriteCsv(string file, LogValues wish)
    {
        var count = 0;
        var written = OutputFile.TryWrite(
            file, () => AtomicFile.Write(file, [LogCsv.Head, .. Read(wish, byDefault: null).Select(Line)]), "--csv");
        if (written) Screen.Tell($"{file}: {count} {(count == 1 ? "cycle" : "cycles")}.");
        return written ? ExitCode.Done : ExitCode.CheckFailed;

        string Line(CycleRecord cycle)
        {
            count++;
            return LogCsv.Of(cycle);
        }
    }

    public int ShowCycle(long number, bool verbose)
    {
        if (store.ReadCycle(number) is { } cycle)
        {
            Screen.Show(new RunLogText(time.LocalTimeZone, verbose).Of(LastSeen.Of(cycle, store, options.Data)));
            return ExitCode.Done;
        }

        Say.Error($"There is no cycle {number}{(store.ReadProgress() is { } newest ? $"; the newest is {newest.Id}" : "")}.");
        return ExitCode.Usage;
    }

    public void ShowInFull(LogValues wish)
    {
        var text = new RunLogText(time.LocalTimeZone, verbose: true);
        var any = false;
        foreach (var cycle in Read(wish, wish.Narrows ? null : FullByDefault))
        {
            any = true;
            Screen.Show(text.Of(cycle));
        }

        if (!any) Screen.Tell("No cycle matches.");
    }

    public void ShowList(LogValues wish)
    {
        var rows = LogRow.Fold(Read(wish, wish.Narrows ? null : RowsByDefault * CyclesPerRow));
        if (!wish.Narrows && wish.Last is null) rows = rows.TakeLast(RowsByDefault);
        var any = false;
        foreach (var row in rows)
        {
            if (!any) Say.Line(table.Head);
            any = true;
            Show(row);
        }

        if (End(any, isAll: !wish.Narrows && !wish.Failed && !wish.Changes) is { Rows.Count: > 0 } end) Screen.Show(end);
        else if (!wish.Follow && Screen.IsTerminal) Screen.Tell("One cycle in full: mimhybrid log NUMBER");
    }

    /// <summary>Below the list: that it is empty, and what the removal guard holds now, for which there may be no cycle.</summary>
    internal Sheet End(bool any, bool isAll)
    {
        var end = new Sheet();
        if (!any) end.Line(isAll ? "No cycle has run yet." : "No cycle matches.");
        if (store.ReadDecision() is { Action: "Hold" } hold && store.ReadHeldRemovals(0) is not null)
            end.Row("! ", $"Held now: {hold.Reason}", Tone.Bad, Tone.Bad);
        return end;
    }

    /// <summary>Until it is cancelled; over restarts of the agent, and over moments in which the store cannot be read.</summary>
    public async Task FollowAsync()
    {
        var follower = new LogFollower();
        follower.Begin(store);
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                foreach (var row in follower.Look(store)) Show(row);
            }
            catch (StoreException e) when (e.IsPassing)
            {
                // The next look finds it.
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Show(LogRow row)
    {
        if (!Screen.IsTerminal) Say.Line(table.Of(row));
        else AnsiConsole.Write(table.Render(row));
    }

    private IEnumerable<CycleRecord> Read(LogValues wish, int? byDefault)
    {
        var filters = wish.Failed || wish.Changes;
        var query = new RunLogQuery { Last = filters ? null : wish.Last ?? byDefault, Since = wish.Since, Guest = wish.Guest };
        var found = store.ReadLog(query).Select(row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return LastSeen.Of(row, store, options.Data);
        });
        if (!filters) return found;

        found = found.Where(cycle => (!wish.Failed || cycle.Outcome is not (CycleOutcome.Succeeded or CycleOutcome.Running))
            && (!wish.Changes || cycle.Changes.Count > 0));
        return (wish.Last ?? byDefault) is { } last ? found.TakeLast(last) : found;
    }
}
