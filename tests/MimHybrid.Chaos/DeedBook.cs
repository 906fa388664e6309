using MimHybrid.Chaos.Deeds;

namespace MimHybrid.Chaos;

/// <summary>All deeds there are.</summary>
internal static class DeedBook
{
    /// <summary>A store whose damage shows only while the agent works ends it: the next start puts the file aside.</summary>
    private static readonly int[] WithDamage = [6, 70];

    /// <summary>One that starts in that moment may say that it cannot, and end.</summary>
    private static readonly int[] WithoutStore = [6];

    public static IReadOnlyList<Deed> All { get; } =
    [
        new("kill", 10, Ending.KillAsync),
        new("signal", 6, Ending.SignalAsync),
        new("stop", 3, Ending.StopAsync),
        new("output-full", 2, OutputInTheWay.FullAsync) { WhyNotAsync = OnLinuxAsync },
        new("output-closed", 2, OutputInTheWay.ClosedAsync) { WhyNotAsync = OnLinuxAsync },
        new("output-stuck", 2, OutputInTheWay.StuckAsync) { WhyNotAsync = OnLinuxAsync },
        new("disk-full", 4, StoreInTheWay.DiskFullAsync) { MayEnd = WithoutStore, WhyNotAsync = StoreInTheWay.WhyNotAsync },
        new("read-only", 3, StoreInTheWay.ReadOnlyAsync) { WhyNotAsync = StoreInTheWay.WhyNotAsync },
        new("lock", 5, StoreInTheWay.LockAsync),
        new("lock-long", 1, StoreInTheWay.LongLockAsync),
        new("lock-start", 2, StoreInTheWay.LockAtStartAsync) { MayEnd = WithoutStore },
        new("flip", 70, Damage.FlipAsync) { MayEnd = WithDamage },
        new("store-gone", 8, Damage.GoneAsync) { MayEnd = WithDamage },
        new("clock", 6, ClockJumps.JumpAsync) { WhyNotAsync = FalseClock.WhyNotAsync },
        new("two-agents", 4, Neighbours.TwoAgentsAsync),
        new("force", 4, Neighbours.ForceAsync),
        new("resync", 3, Neighbours.ResyncAsync),
        new("look", 4, Neighbours.LookAsync),
        new("mass-removal", 6, MassRemoval.HoldAsync),
    ];

    public static Deed Choose(IReadOnlyList<Deed> deeds, Random chance)
    {
        var at = chance.Next(deeds.Sum(deed => deed.Weight));
        return deeds.First(deed => (at -= deed.Weight) < 0);
    }

    private static Task<string?> OnLinuxAsync() =>
        Task.FromResult(OperatingSystem.IsLinux() ? null : "/dev/full and named pipes are files of Linux.");
}
