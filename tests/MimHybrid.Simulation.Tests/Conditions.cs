using CsCheck;
using MimHybrid.Graph;
using MimHybrid.Sandbox.Tenant;

namespace MimHybrid.Simulation.Tests;

/// <summary>How Graph tells what happens in a tenant, and how the agent asks for it as a whole.</summary>
/// <param name="Pages">What delta pages look like.</param>
/// <param name="Baseline">By delta, by list, or as it sees fit.</param>
/// <param name="DeltaLag">Minutes until a change is told by delta queries.</param>
/// <param name="ReadLag">Minutes until all other reads see it; fewer than a list is waited for.</param>
internal sealed record Conditions(PageShape Pages, BaselineChoice Baseline, int DeltaLag, int ReadLag)
{
    private static readonly Gen<bool> Rarely = Gen.Int[0, 3].Select(number => number == 0);

    private static readonly Gen<PageShape> Shapes = Gen.Select(
        Gen.Int[1, 5], Gen.Int[0, 3], Gen.Select(Gen.Bool, Gen.Bool), Gen.Select(Gen.Bool, Gen.Bool), Gen.Select(Gen.Bool, Gen.Bool), Rarely,
        (size, emptyEvery, order, again, odd, silent) => new PageShape
        {
            Size = size,
            EmptyEvery = emptyEvery,
            Uneven = order.Item1,
            Shuffled = order.Item2,
            Repeated = again.Item1,
            Replayed = again.Item2,
            RemovedInFirstRound = odd.Item1,
            Contradicted = odd.Item2,
            SilentRestores = silent,
        });

    private static readonly Gen<int> Lag = Gen.Frequency((3, Gen.Const(0)), (1, Gen.Int[1, 9]));

    public static readonly Gen<Conditions> Any = Gen.Select(
        Shapes, Gen.Enum<BaselineChoice>(), Lag, Lag, (pages, baseline, delta, read) => new Conditions(pages, baseline, delta, read));

    /// <summary>Something may be wrong for a while although Graph answers well: a comparison with the list finds it.</summary>
    public bool HideThings => Pages.SilentRestores || DeltaLag > 0 || ReadLag > 0;
}
