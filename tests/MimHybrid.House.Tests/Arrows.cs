using System.Xml.Linq;

namespace MimHybrid.House.Tests;

/// <summary>Which room uses which.</summary>
internal static class Arrows
{
    /// <summary>Between the projects below a folder.</summary>
    public static IEnumerable<Arrow> BetweenProjects(string folder) =>
        from project in House.Projects(folder)
        from reference in XDocument.Load(project).Descendants("ProjectReference")
        select new Arrow(Name(project), Name((string)reference.Attribute("Include")!), Path.GetFileName(project));

    /// <summary>
    /// Between the namespaces of one project. A using is an arrow (the compiler refuses one that nothing needs), a full name of a type is,
    /// and so is the name of a type of a namespace above, which needs no using.
    /// </summary>
    public static IEnumerable<Arrow> BetweenNamespaces(IReadOnlyCollection<SourceFile> files)
    {
        var rooms = files.Where(file => file.Namespace.Length > 0).ToLookup(file => file.Namespace);
        return
            from file in files
            where file.Namespace.Length > 0
            let own = rooms[file.Namespace].SelectMany(each => each.Types).ToHashSet()
            from room in rooms
            where room.Key != file.Namespace
            from use in Uses(file, room.Key, [.. room.SelectMany(each => each.Types).Except(own)])
            select new Arrow(file.Namespace, room.Key, $"{file.Name} uses {use}");
    }

    /// <summary>What a file uses of a room.</summary>
    private static IEnumerable<string> Uses(SourceFile file, string room, HashSet<string> types)
    {
        bool IsNamedInFull(string type) => file.FullNames.Any(name => $"{name}.".StartsWith($"{room}.{type}.", StringComparison.Ordinal));
        var isOpen = file.Usings.Contains(room) || file.Namespace.StartsWith(room + ".", StringComparison.Ordinal);
        var used = types.Where(type => (isOpen && file.Words.Contains(type)) || IsNamedInFull(type)).Order(StringComparer.Ordinal).ToList();
        return used.Count > 0 ? [string.Join(" and ", used)] : file.Usings.Contains(room) ? ["an extension of it"] : [];
    }

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));
}
