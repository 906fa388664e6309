using System.Text.Json;

namespace MimHybrid.Release;

/// <summary>
/// What the product is made of: the file of dependencies (mimhybrid.deps.json) that the SDK writes when it publishes. It names the packages
/// whose files were taken, the framework's among them, and none that only builds or tests.
/// </summary>
internal static class ShippedPackages
{
    private const string RuntimePack = "runtimepack.";
    private const string Runtime = "Microsoft.NETCore.App.Runtime.";
    private const string Host = "Microsoft.NETCore.App.Host.";

    /// <param name="dependencies">The file of dependencies.</param>
    /// <param name="cache">Where NuGet unpacks packages.</param>
    public static IReadOnlyList<ShippedPackage> Read(string dependencies, string cache)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(dependencies));
        var target = document.RootElement.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
        var details = document.RootElement.GetProperty("targets").GetProperty(target);
        var libraries = document.RootElement.GetProperty("libraries").EnumerateObject()
            .Select(library => (Type: library.Value.GetProperty("type").GetString(), Name: library.Name.Split('/')[0], Version: library.Name.Split('/')[1], Needs: Dependencies(details, library.Name)))
            .ToList();
        var direct = libraries.Where(library => library.Type == "project").SelectMany(project => project.Needs).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var packages = libraries
            .Where(library => library.Type is "package" or "runtimepack")
            .Select(library => ShippedPackage.Read(Path.Combine(cache, Id(library.Name).ToLowerInvariant(), library.Version), Id(library.Name), library.Version, library.Needs) with
            {
                IsDirect = direct.Contains(library.Name),
            })
            .ToList();
        return [.. packages.Concat(packages.Where(package => package.Id.StartsWith(Runtime, StringComparison.Ordinal)).Select(HostOf)).OrderBy(package => package.Id, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>
    /// The executable itself is the framework's host with all else attached. Its package is in no list, and an SDK for Windows has it without
    /// a package file; it is of one build, version and licence with the framework's.
    /// </summary>
    private static ShippedPackage HostOf(ShippedPackage runtime) => runtime with { Id = Host + runtime.Id[Runtime.Length..], Sha512 = null };

    private static string Id(string name) => name.StartsWith(RuntimePack, StringComparison.Ordinal) ? name[RuntimePack.Length..] : name;

    private static IReadOnlyList<string> Dependencies(JsonElement target, string library) =>
        target.TryGetProperty(library, out var details) && details.TryGetProperty("dependencies", out var all)
            ? [.. all.EnumerateObject().Select(one => one.Name).Order(StringComparer.Ordinal)]
            : [];
}
