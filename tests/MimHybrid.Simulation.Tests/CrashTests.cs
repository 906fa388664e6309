using CsCheck;

namespace MimHybrid.Simulation.Tests;

/// <summary>
/// The plug is pulled, and nothing is lost. A moment to die in is where the agent meets the world: before, during and after each call to
/// MIM, at each request to Graph, at each look at the clock, and before each commit to the store, so that it dies between any two writes.
/// </summary>
public sealed class CrashTests
{
    /// <summary>The first moments, in which the cursor is given up and the reading begins.</summary>
    private const int Reading = 10;

    private static readonly Gen<Act[][]> Days = Act.Any.Array[1, 5].Array[1, 3];

    /// <summary>From lives that end before the first page is read to lives that see the end of a cycle.</summary>
    private static readonly Gen<int[]> Lives = Gen.Int[1, 200].Array[1, 10];

    /// <summary>What happens while cycles run: mostly nothing.</summary>
    private static readonly Gen<Act?[]> Meanwhile = Gen.Frequency((3, Gen.Const(() => (Act?)null)), (1, Act.Any.Select(act => (Act?)act))).Array[0, 15];

    [Fact]
    public async Task It_may_die_at_any_moment_from_the_invitation_to_the_account()
    {
        await using var world = await MortalWorld.StartAsync();
        await world.LiveAsync();

        var deaths = await DieAtEachMomentAsync(world, moment => moment + Effort.Stride(17), moment => Invite(world, moment));

        Assert.True(deaths > 150 / Effort.Stride(17), $"only {deaths} deaths");
        world.EndsWithATrueRunLog();
    }

    /// <summary>Before every single commit, without a stride: what belongs together must be in one transaction.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_may_die_between_any_two_writes_of_rounds_cycles_and_readings(bool readsWholeTenant)
    {
        await using var world = await MortalWorld.StartAsync();
        for (var guest = 0; guest < 5; guest++) Invite(world, guest);
        await world.LiveAsync();

        var deaths = 0;
        for (var (write, before) = (1, -1); before < deaths; write++)
        {
            before = deaths;
            if (readsWholeTenant)
            {
                world.Sleep(TimeSpan.FromDays(2));
                world.Tenant.ExpireDeltaTokens();
            }

            world.Tenant.Directory.Delete(world.Tenant.Directory.Guests[0].Id);
            Invite(world, 10 + write);
            await world.LiveAnewAsync(writes: write);
            deaths = world.Deaths;
        }

        Assert.True(deaths > 20, $"only {deaths} deaths");
        world.EndsWithATrueRunLog();
    }

    [Fact]
    public async Task It_may_die_at_any_moment_while_the_whole_tenant_is_read_again()
    {
        await using var world = await MortalWorld.StartAsync();
        for (var guest = 0; guest < 10; guest++) Invite(world, guest);
        await world.LiveAsync();

        var deaths = await DieAtEachMomentAsync(world, moment => moment + (moment < Reading ? 1 : Effort.Stride(25)), moment =>
        {
            // A dead cursor has the whole tenant read again only so often (MimHybrid.Graph/README.md#reading-the-whole-tenant).
            world.Sleep(TimeSpan.FromDays(2));
            world.Tenant.ExpireDeltaTokens();
            world.Tenant.Directory.Delete(world.Tenant.Directory.Guests[0].Id);
            Invite(world, 10 + moment);
        });

        Assert.True(deaths > Reading + (150 / Effort.Stride(25)), $"only {deaths} deaths");
        world.EndsWithATrueRunLog();
    }

    [Fact]
    public Task Whatever_happens_and_however_often_it_dies_nothing_is_lost() => Gen.Select(Days, Meanwhile, Lives).SampleAsync(
        async (days, meanwhile, lives) =>
        {
            await using var world = await MortalWorld.StartAsync(lives);
            world.Meanwhile(meanwhile);
            foreach (var day in days)
            {
                foreach (var act in day) act.Do(world.Tenant.Directory);
                await world.LiveAsync();
            }

            world.EndsWithATrueRunLog();
        },
        iter: Effort.Samples(12),
        print: plan => $"""
            Days: {string.Join(" | ", plan.Item1.Select(day => string.Join(", ", day.AsEnumerable())))}
            Meanwhile: {string.Join(", ", plan.Item2.Select(act => act?.ToString() ?? "-"))}
            Lives: {string.Join(", ", plan.Item3)}
            """);

    /// <summary>Begins lives of ever more moments, until one outlives its job; answers with how many did not.</summary>
    private static async Task<int> DieAtEachMomentAsync(MortalWorld world, Func<int, int> next, Action<int> before)
    {
        for (var (moment, deaths) = (1, -1); deaths < world.Deaths; moment = next(moment))
        {
            deaths = world.Deaths;
            before(moment);
            await world.LiveAnewAsync(moment);
        }

        return world.Deaths;
    }

    private static void Invite(MortalWorld world, int number) =>
        world.Tenant.Directory.Invite($"Guest {number}", $"guest{number}@fabrikam.example");
}
