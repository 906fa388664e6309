namespace MimHybrid.Mim.Tests;

/// <summary>Tests that measure the memory of the process: no other test may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresMemory
{
    public const string Name = "Measures memory";
}
