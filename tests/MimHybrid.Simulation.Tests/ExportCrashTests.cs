namespace MimHybrid.Simulation.Tests;

/// <summary>
/// What an export and an approval leave behind when the plug is pulled: the sync server's own account of what it did, compared with what
/// the agent remembers of it. Before every single commit: what belongs together must be in one transaction.
/// </summary>
public sealed class ExportCrashTests(ExportCrashes crashes) : IClassFixture<ExportCrashes>
{
    [Theory]
    [InlineData(Claims.EveryExportIsConfirmed)]
    [InlineData(Claims.AnApprovalPassesOnce)]
    [InlineData(Claims.UnconfirmedDeletesAreWhatWasExported)]
    public void Wherever_it_dies_it_holds_that(string claim)
    {
        var broken = crashes.Broken.Where(one => one.Claim == claim).Select(one => one.Story).ToArray();
        Assert.True(broken.Length == 0, $"Not so in {broken.Length} of {crashes.Stories} stories:\n{string.Join('\n', broken)}");
    }

    [Fact]
    public void It_has_died_around_each_step_and_the_others_were_held_again()
    {
        string[] expected =
            ["before BeginCycle", "before BeginStep", "as it asked", "before it heard", "before EndStep", "before EndCycle"];
        Assert.Superset(expected.ToHashSet(), crashes.Deaths.ToHashSet());
        Assert.True(crashes.MostApprovals >= 2, "Nobody had to approve the others.");
    }
}

/// <summary>All the deaths, died once; the tests look at what came of them.</summary>
public sealed class ExportCrashes : IAsyncLifetime
{
    internal List<(string Claim, string Story)> Broken { get; } = [];

    internal List<string> Deaths { get; } = [];

    internal int Stories { get; private set; }

    internal int MostApprovals { get; private set; }

    public async ValueTask InitializeAsync()
    {
        foreach (var othersFollow in new[] { false, true })
        {
            foreach (var heldAt in Enum.GetValues<HeldAt>())
            {
                await DieBeforeEachWriteAsync(heldAt, othersFollow, FirstDeath.BeforeAWrite);
                await DieAsync(heldAt, othersFollow, FirstDeath.Asking);
                await DieAsync(heldAt, othersFollow, FirstDeath.Hearing);
            }

            await DieBeforeEachWriteAsync(HeldAt.Export, othersFollow, FirstDeath.Hearing);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Lives of ever more commits, until one sees the end; second lives where the first ends otherwise.</summary>
    private async Task DieBeforeEachWriteAsync(HeldAt heldAt, bool othersFollow, FirstDeath first)
    {
        var others = first == FirstDeath.BeforeAWrite ? 0 : 1;
        for (var (write, deaths) = (1, int.MaxValue); deaths > others; write++) deaths = await DieAsync(heldAt, othersFollow, first, write);
    }

    private async Task<int> DieAsync(HeldAt heldAt, bool othersFollow, FirstDeath first, params int[] writes)
    {
        await using var world = new GuardedWorld(heldAt, othersFollow);
        await world.StartAsync();
        await world.LiveAsync(first, writes);
        Deaths.AddRange(world.Deaths);
        Stories++;
        MostApprovals = Math.Max(MostApprovals, world.Approvals);
        var held = othersFollow ? $"held at {heldAt}, others follow" : $"held at {heldAt}";
        var died = string.Join(", then ", world.Deaths) + string.Concat(writes.Select(write => $" (write {write})"));
        Broken.AddRange(world.Broken.Select(one => (one.Claim, $"{held}, died {died}: {one.Why}")));
        return world.Deaths.Count;
    }
}
