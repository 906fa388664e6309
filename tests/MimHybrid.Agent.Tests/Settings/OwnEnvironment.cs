namespace MimHybrid.Agent.Tests.Settings;

/// <summary>The environment belongs to the whole process: whoever changes it runs alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OwnEnvironment
{
    public const string Name = nameof(OwnEnvironment);
}
