using System.Globalization;
using MimHybrid.Store.Rows;

namespace MimHybrid.Cycles.Matters;

/// <summary>An agent whose process is there and whose loops give no sign of life: in words, with what to do.</summary>
public static class SilentLoops
{
    private const string WhatToDo = "MIM finishes by itself what it has begun, and the next start looks for it";

    /// <summary>Null while every loop gives its signs.</summary>
    public static string? Of(IReadOnlyList<Heartbeat> beats, DateTimeOffset now)
    {
        string[] silent = [.. beats.Where(beat => beat.SilentFor(now) is not null).Select(beat => Say(beat, beat.SilentFor(now)!.Value))];
        return silent.Length == 0 ? null : $"the agent runs, but {string.Join(", and ", silent)}";
    }

    /// <summary>Whether the loop that takes requests is among them: nobody will read one.</summary>
    public static string? OfCycles(IReadOnlyList<Heartbeat> beats, DateTimeOffset now) =>
        Of([.. beats.Where(beat => beat.Loop == AgentLoop.Cycles)], now);

    /// <summary>How a person ends it and starts it again.</summary>
    public static string EndIt(Holder? holder)
    {
        var process = holder is null
            ? "the process mimhybrid"
            : string.Create(CultureInfo.InvariantCulture, $"process {holder.ProcessId} (taskkill /F /PID {holder.ProcessId})");
        return $"End {process}; the scheduled task starts the agent again, else: mimhybrid run. {WhatToDo}";
    }

    private static string Say(Heartbeat beat, TimeSpan silence) => beat.Loop == AgentLoop.Poller
        ? $"has not looked at the tenant for {Minutes(silence)}"
        : $"has not looked for something to run for {Minutes(silence)}";

    private static string Minutes(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} minutes");
}
