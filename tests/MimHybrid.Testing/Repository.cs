using System.Reflection;

namespace MimHybrid.Testing;

/// <summary>The repository in which the tests were built, as files.</summary>
public static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == nameof(Repository)).Value!;

    public static string In(params string[] path) => Path.Combine([Root, .. path]);
}
