using System.Diagnostics.CodeAnalysis;
using MimHybrid.Store;

namespace MimHybrid.Testing;

/// <summary>Tests of a store, each of which has one of its own.</summary>
[SuppressMessage("Design", "CA1063", Justification = "Nothing of it outlives the test, and no test has more to dispose of.")]
public abstract class StoreTest : IDisposable
{
    protected StoreTest() => Store = AgentStore.Open(Folder);

    protected string Folder { get; } = Directory.CreateTempSubdirectory("mimhybrid-store-").FullName;

    protected AgentStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
