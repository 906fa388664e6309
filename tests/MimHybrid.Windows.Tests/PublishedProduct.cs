[assembly: AssemblyFixture(typeof(MimHybrid.Windows.Tests.PublishedProduct))]

namespace MimHybrid.Windows.Tests;

/// <summary>
/// What <c>dotnet publish</c> gives, as README.md of the release says to call it. It is published on each run, since nothing else would
/// know whether it is of these sources; where they have not changed, little of it is done again. The analyzers were heard when the tests were built, and say nothing new here.
/// </summary>
public sealed class PublishedProduct : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    public static string Folder { get; } = House.In("artifacts", "publish", "MimHybrid.Agent", "release_win-x64");

    public static string Executable { get; } = Path.Combine(Folder, "mimhybrid.exe");

    /// <summary>What the SDK wrote down of the packages that it took.</summary>
    public static string Dependencies { get; } = House.In("artifacts", "obj", "MimHybrid.Agent", "release_win-x64", "mimhybrid.deps.json");

    public async ValueTask InitializeAsync() => (await Programs.RunAsync(
        "dotnet", ["publish", House.In("src", "MimHybrid.Agent"), "-c", "Release", "-r", "win-x64", "--self-contained", "-p:RunAnalyzers=false", "--nodereuse:false"], Patience)).Well();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
