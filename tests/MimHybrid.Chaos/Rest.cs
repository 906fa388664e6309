using System.Globalization;
using System.Text.Json;
using MimHybrid.Store;
using MimHybrid.Store.Faults;
using MimHybrid.Store.Rows;

namespace MimHybrid.Chaos;

/// <summary>
/// What must hold whenever the agent is left alone for a while: every guest has their account and nobody else has one, no change is
/// pending, both loops give signs of life, the last cycle was good, and nobody has said anything that looks like a bug report.
/// </summary>
internal sealed class Rest(Scene scene)
{
    private const int MostStarts = 4;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    /// <summary>Waits until all holds.</summary>
    /// <param name="mayEnd">Exit codes with which the agent may end by itself; its watchdog then starts it anew, as here.</param>
    /// <exception cref="BrokenPromiseException">It does not in time, or something is said that nobody may say.</exception>
    public async Task ComeAsync(params int[] mayEnd)
    {
        if (await TryAsync(scene.Patience, mayEnd) is { } missing)
            throw new BrokenPromiseException(
                $"the agent did not come to rest within {scene.Patience:c}: {missing}; {Scene.Last(scene.Agent.Said)}");
        await JudgeAsync();
    }

    /// <summary>As <see cref="ComeAsync"/>. Returns what is missing when the time is up; null when nothing is.</summary>
    public async Task<string?> TryAsync(TimeSpan patience, params int[] mayEnd)
    {
        var time = TimeProvider.System;
        var (until, starts) = (time.GetUtcNow() + patience, 0);
        string? missing;
        while ((missing = WhatIsMissing()) is not null && time.GetUtcNow() < until)
        {
            if (!scene.IsRunning)
            {
                var code = scene.Agent.Code;
                if (!mayEnd.Contains(code) || ++starts > MostStarts)
                    throw new BrokenPromiseException($"the agent ended by itself with {Scene.Named(code, scene.Agent)}");
                scene.StartAgent();
            }

            await scene.PauseAsync(Look);
        }

        return missing;
    }

    /// <summary>Who has an account, as a person would find them in the sandbox's directory.</summary>
    public IReadOnlyList<string> Accounts()
    {
        var file = Path.Combine(scene.Sandbox, "directory.json");
        if (!File.Exists(file)) return [];
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return
        [
            .. document.RootElement.GetProperty("accounts").EnumerateArray()
                .Select(account => $"{Text(account, "mail")} {Text(account, "displayName")}").Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The guests whom the agent's store knows beyond those whom the tenant has, or lacks; 0 is right.</summary>
    public long GuestsTooMany()
    {
        using var reader = AgentReader.Open(scene.Data);
        return reader.CountLiveGuests() - scene.Life.Guests.Count;
    }

    private static string? Text(JsonElement account, string name) => account.TryGetProperty(name, out var value) ? value.GetString() : null;

    private async Task JudgeAsync()
    {
        if (scene.FindBugReport() is { } report) throw new BrokenPromiseException($"the agent said: {report}");
        var status = await scene.StatusAsync();
        if (status.GetProperty("state").GetString() is var state && state is not ("Waiting" or "Running"))
            throw new BrokenPromiseException($"status says {state} of an agent that runs");
    }

    private string? WhatIsMissing()
    {
        if (!scene.IsRunning) return "the agent does not run";
        var (guests, accounts) = (scene.Life.Guests, Accounts());
        if (Difference(guests, accounts) is { } lost) return $"without an account: {lost}";
        if (Difference(accounts, guests) is { } tooMany) return $"accounts of nobody: {tooMany}";
        try
        {
            using var reader = AgentReader.TryOpen(scene.Data);
            return reader is null ? "there is no store" : WhatIsMissing(reader);
        }
        catch (StoreException fault)
        {
            return fault.Message;
        }
    }

    private string? WhatIsMissing(AgentReader reader)
    {
        if (reader.ReadSnapshot(default).Pending.Count is > 0 and var pending)
            return string.Create(CultureInfo.InvariantCulture, $"{pending} changes are pending");
        if (reader.ReadProgress() is not { EndedWell: true } cycle)
            return $"the last cycle is {reader.ReadProgress()?.Outcome.ToString() ?? "none"}";
        if (reader.ReadCursorTime() is null) return "the tenant has not been read to its end";
        if (reader.ReadPollHealth() is not { FailingSince: null }) return "the polls fail";
        var beats = reader.ReadHeartbeats();
        var now = TimeProvider.System.GetUtcNow();
        var beating = beats.Count(beat => scene.Launch.Clock is not null || beat.At >= scene.StartedAt);
        if (beating != Enum.GetValues<AgentLoop>().Length) return "a loop has given no sign of life since the start";
        return beats.Any(beat => beat.SilentFor(now) is not null) ? $"a loop is silent while cycle {cycle.Id} was the last" : null;
    }

    /// <summary>Who is in the one and not in the other, as often as they are.</summary>
    private static string? Difference(IEnumerable<string> one, IEnumerable<string> other)
    {
        var left = one.ToList();
        foreach (var found in other) left.Remove(found);
        return left.Count == 0 ? null : string.Join(", ", left.Take(5));
    }
}
