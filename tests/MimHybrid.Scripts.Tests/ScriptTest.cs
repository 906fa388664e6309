using System.Diagnostics.CodeAnalysis;
using MimHybrid.Scripts.Tests.StandIns;

namespace MimHybrid.Scripts.Tests;

/// <summary>Tests of the scripts, each of which has a world of its own.</summary>
[SuppressMessage("Design", "CA1063", Justification = "Nothing of it outlives the test, and no test has more to dispose of.")]
public abstract class ScriptTest : IDisposable
{
    private protected readonly WindowsWorld world = new();
    private protected readonly Setup setup;

    private protected ScriptTest() => setup = new Setup(world);

    public void Dispose()
    {
        world.Dispose();
        GC.SuppressFinalize(this);
    }
}
