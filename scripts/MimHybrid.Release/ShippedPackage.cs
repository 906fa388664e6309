using System.Xml.Linq;

namespace MimHybrid.Release;

/// <summary>A package that is in the product, as it describes itself.</summary>
internal sealed record ShippedPackage
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required Licence Licence { get; init; }

    public string? Copyright { get; init; }

    public string? Authors { get; init; }

    public string? ProjectUrl { get; init; }

    /// <summary>The SHA-512 of the package file, in hexadecimal, where it is known.</summary>
    public string? Sha512 { get; init; }

    /// <summary>What the package says of software in it that others wrote.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>Ids of packages.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>Whether one of our projects names it.</summary>
    public bool IsDirect { get; init; }

    public string Purl => $"pkg:nuget/{Id}@{Version}";

    /// <param name="folder">The unpacked package, as NuGet keeps it.</param>
    public static ShippedPackage Read(string folder, string id, string version, IReadOnlyList<string> dependsOn)
    {
        var specification = Path.Combine(folder, $"{id.ToLowerInvariant()}.nuspec");
        if (!File.Exists(specification))
            throw new ReleaseException($"{id} {version} is shipped, but its package is not at {folder}. Restore, then try again.");
        var metadata = XDocument.Load(specification).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        var hash = Convert.FromBase64String(File.ReadAllText(Directory.EnumerateFiles(folder, "*.nupkg.sha512").Single()));
        return new ShippedPackage
        {
            Id = Value(metadata, "id") ?? id,
            Version = version,
            Licence = ReadLicence(folder, id, metadata),
            Copyright = Value(metadata, "copyright"),
            Authors = Value(metadata, "authors"),
            ProjectUrl = Value(metadata, "projectUrl"),
            Sha512 = Convert.ToHexStringLower(hash),
            Notices = [.. Files(folder, "notice").Select(File.ReadAllText)],
            DependsOn = dependsOn,
        };
    }

    private static Licence ReadLicence(string folder, string id, XElement metadata)
    {
        var named = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        var text = (string?)named?.Attribute("type") == "file"
            ? File.ReadAllText(Path.Combine(folder, named.Value.Replace('\\', Path.DirectorySeparatorChar)))
            : Files(folder, "licen").Select(File.ReadAllText).FirstOrDefault();
        if ((string?)named?.Attribute("type") == "expression") return new Licence(named.Value, text);
        return text is not null
            ? Licence.FromText(text, id)
            : throw new ReleaseException($"{id} states no licence and carries none ({folder}): it cannot be shipped.");
    }

    private static IEnumerable<string> Files(string folder, string kind) => Directory
        .EnumerateFiles(folder)
        .Where(path => Path.GetFileName(path).Contains(kind, StringComparison.OrdinalIgnoreCase))
        .Order(StringComparer.Ordinal);

    private static string? Value(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } value ? value : null;
}
