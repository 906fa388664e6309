using System.Globalization;

namespace MimHybrid.Chaos;

/// <summary>Round after round: one deed of chance to a living agent, then peace, then the judgement.</summary>
internal sealed class ChaosRun(ChaosOptions options, TimeProvider time, TextWriter output)
{
    /// <summary>A scene is played on for so many rounds: what one deed leaves behind is what the next one meets.</summary>
    private const int RoundsOfAScene = 30;

    /// <summary>It held, and somebody may want to see what it waited for.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ChaosTally tally = new();
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private int lastRound;

    /// <summary>Whether all held.</summary>
    public async Task<bool> RunAsync(CancellationToken stopping)
    {
        var deeds = await ChooseAsync();
        Say(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {deeds.Count} deeds, {options.Executable}"));
        using var timed = new CancellationTokenSource(options.For, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, timed.Token);
        using var told = new CancellationTokenSource();
        var telling = TellAsync(told.Token);
        var lanes = options.Round is null ? options.Lanes : 1;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => PlayAsync(deeds, over.Token, stopping)));
        await told.CancelAsync();
        await telling;
        foreach (var line in tally.Table()) await output.WriteLineAsync(line);
        return tally.AllHeld;
    }

    /// <summary>Those that were asked for and can be done here; what cannot is said aloud.</summary>
    private async Task<IReadOnlyList<Deed>> ChooseAsync()
    {
        List<Deed> chosen = [];
        string[] wanted = [.. options.Only, .. options.InOrder];
        foreach (var deed in DeedBook.All.Where(deed => wanted.Length == 0 || wanted.Contains(deed.Name)))
        {
            if (await deed.WhyNotAsync() is { } reason) Say($"LEFT OUT: {deed.Name}. {reason}");
            else chosen.Add(deed);
        }

        return chosen;
    }

    /// <summary>
    /// One scene after the other, until it is over; a round that has begun is played to its end, unless a person stops it.
    /// </summary>
    private async Task PlayAsync(IReadOnlyList<Deed> deeds, CancellationToken over, CancellationToken stopping)
    {
        var next = Next(deeds);
        while (next is not null && !stopping.IsCancellationRequested)
        {
            try
            {
                await using var scene = await Scene.OpenAsync(options, tally, stopping);
                await scene.Rest.ComeAsync();
                for (var (played, held) = (0, true); held && played < RoundsOfAScene && next is not null; played++)
                {
                    held = await PlayAsync(next, scene);
                    next = over.IsCancellationRequested ? null : Next(deeds);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return; // Ctrl+C: the table tells what was done so far
            }
            catch (BrokenPromiseException broken)
            {
                tally.Failed("start", $"a new scene: {broken.Message}");
                next = over.IsCancellationRequested ? null : Next(deeds);
            }
        }
    }

    /// <summary>The next round, or none: by chance, by the order that was asked for, or the one that is to be played again.</summary>
    private Round? Next(IReadOnlyList<Deed> deeds)
    {
        var number = Interlocked.Increment(ref lastRound);
        if (options.Round is { } again) return number == 1 ? RoundOf(again, deeds) : null;
        if (options.InOrder.Count == 0) return RoundOf(number, deeds);
        var left = options.InOrder.Where(name => deeds.Any(deed => deed.Name == name)).Skip(number - 1).Take(1).ToList();
        return left is [var name] ? RoundOf(number, [.. deeds.Where(deed => deed.Name == name)]) : null;
    }

    private Round RoundOf(int number, IReadOnlyList<Deed> deeds)
    {
        var chance = new Random(unchecked((options.Seed * 1_000_003) + number));
        return new Round(number, DeedBook.Choose(deeds, chance), chance);
    }

    /// <summary>One round. Whether it held.</summary>
    private async Task<bool> PlayAsync(Round round, Scene scene)
    {
        var (number, deed, chance) = round;
        try
        {
            await deed.DoAsync(scene, chance);
            var free = time.GetUtcNow();
            scene.Life.Move(chance);
            await scene.Rest.ComeAsync(deed.MayEnd);
            var recovery = time.GetUtcNow() - free;
            tally.Held(deed.Name, recovery);
            if (options.Verbose && recovery > Slow) await scene.KeepAsync(PlaceFor("slow", number));
            if (options.Verbose)
                Say(string.Create(
                    CultureInfo.InvariantCulture, $"round {number}: {deed.Name}, at rest after {recovery.TotalSeconds:0.0} s"));
            return true;
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            var kept = PlaceFor("failed", number);
            var what = broken is BrokenPromiseException ? broken.Message : broken.ToString();
            var failure = string.Create(
                CultureInfo.InvariantCulture, $"--only {deed.Name} --seed {options.Seed} --round {number}: {what} Kept in {kept}");
            tally.Failed(deed.Name, failure);
            Say($"FAILED {failure}");
            await scene.KeepAsync(kept);
            return false;
        }
    }

    private string PlaceFor(string why, int round) =>
        Path.Combine(options.Keep, string.Create(CultureInfo.InvariantCulture, $"{why}-seed-{options.Seed}-round-{round}"));

    private async Task TellAsync(CancellationToken told)
    {
        using var minutes = new PeriodicTimer(Minute, time);
        try
        {
            while (await minutes.WaitForNextTickAsync(told)) Say(string.Create(CultureInfo.InvariantCulture, $"{tally.Done} deeds so far"));
        }
        catch (OperationCanceledException)
        {
            // the table follows
        }
    }

    private void Say(string line) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow() - startedAt:hh\\:mm\\:ss}  {line}"));

    private sealed record Round(int Number, Deed Deed, Random Chance);
}
