namespace MimHybrid.Documents.Tests.Checks;

/// <summary>A link leads to a file of the repository, to a heading, or to the web; the web is not asked.</summary>
internal static class Links
{
    public static IEnumerable<string> Errors(string document, IEnumerable<Snippet> links) =>
        links.Where(link => !Uri.TryCreate(link.Text, UriKind.Absolute, out _) && !Leads(document, link.Text)).Select(link => $"{link.At}: {link.Text} leads nowhere");

    private static bool Leads(string document, string link)
    {
        var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
        var target = path.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, Uri.UnescapeDataString(path));
        if (!Path.Exists(Repository.In(target))) return false;
        return anchor is null || (target.EndsWith(".md", StringComparison.Ordinal) && Document.Read(target).Anchors.Contains(anchor));
    }
}
