using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>Which headings the comments and pages of the repository cite, and where a citation leads.</summary>
internal static partial class Citations
{
    private static readonly string[] Folders = ["src", "tests", "scripts", "infra"];

    private static readonly string[] Kinds = [".cs", ".sql", ".ps1", ".psm1", ".bicep", ".bicepparam", ".csproj", ".props", ".targets", ".md"];

    /// <summary>Every source, script, project file and page, by its path from the root, with its lines.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Texts => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root, folder), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(House.Root))
        .Where(path => Kinds.Contains(Path.GetExtension(path)))
        .Select(path => (Path.GetRelativePath(House.Root, path).Replace('\\', '/'), File.ReadAllLines(path)));

    /// <summary>What is wrong with the citations in a line; nothing where each leads to a heading. In C#, only comments cite.</summary>
    /// <param name="file">The file's path from the root.</param>
    /// <param name="line">A line of it.</param>
    public static IEnumerable<string> Errors(string file, string line) =>
        from citation in Citation.Matches(file.EndsWith(".cs", StringComparison.Ordinal) ? Comment.Match(line).Value : line)
        let error = Error(file, citation.Groups["page"].Value, citation.Groups["heading"].Value)
        where error is not null
        select $"{citation.Value}: {error}";

    private static string? Error(string file, string page, string heading) => Find(file, page) switch
    {
        null => "there is no such page",
        { } found when !Slugs(File.ReadLines(found)).Contains(heading) => $"{Path.GetRelativePath(House.Root, found)} has no such heading",
        _ => null,
    };

    /// <summary>
    /// A page cites by a link, which is relative to it. A comment cites its own project's page by README.md alone, and any other by its folder,
    /// from src or from the root.
    /// </summary>
    private static string? Find(string file, string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(House.Root, file))!;
        string[] places =
            file.EndsWith(".md", StringComparison.Ordinal) ? [folder]
            : page.Contains('/', StringComparison.Ordinal) ? [Path.Combine(House.Root, "src"), House.Root]
            : [Home(folder)];
        return places.Select(place => Path.Combine(place, page)).FirstOrDefault(File.Exists);
    }

    /// <summary>The folder of the project that a file belongs to; of a script, the nearest folder with a page.</summary>
    private static string Home(string folder)
    {
        var above = new List<string>();
        for (var place = folder; place.Length >= House.Root.Length; place = Path.GetDirectoryName(place)!) above.Add(place);
        return above.Find(place => Directory.EnumerateFiles(place, "*.csproj").Any())
            ?? above.Find(place => File.Exists(Path.Combine(place, "README.md")))
            ?? House.Root;
    }

    /// <summary>The anchors that GitHub gives to the headings of a page: small letters, hyphens for blanks, a number where one comes again.</summary>
    public static HashSet<string> Slugs(IEnumerable<string> page)
    {
        var slugs = new HashSet<string>(StringComparer.Ordinal);
        var isCode = false;
        foreach (var line in page)
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (isCode || Heading.Match(line) is not { Success: true } heading) continue;

            var text = Link.Replace(heading.Groups[1].Value, "$1").ToLowerInvariant();
            var slug = string.Concat(text.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');
            var unique = slug;
            for (var again = 1; !slugs.Add(unique); again++) unique = $"{slug}-{again}";
        }

        return slugs;
    }

    [GeneratedRegex(@"(?<page>(?:[\w.-]+/)*README\.md)#(?<heading>[\w-]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Citation { get; }

    [GeneratedRegex("//.*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"^#{1,6}\s+(.*?)[\s#]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])", RegexOptions.CultureInvariant)]
    private static partial Regex Link { get; }
}
