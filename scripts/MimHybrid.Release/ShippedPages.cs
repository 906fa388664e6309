using System.Text.RegularExpressions;

namespace MimHybrid.Release;

/// <summary>
/// The READMEs of the product, for a server without the repository: a link to a page that is not shipped leads nowhere there. No address
/// of the repository is known that it could have instead, so it becomes the name of the page, which whoever has the repository finds.
/// </summary>
internal static partial class ShippedPages
{
    /// <summary>Rewrites each page in place, once: one that was rewritten stays as it is.</summary>
    public static void Settle(string folder)
    {
        foreach (var page in ShippedFile.Names(folder).Where(name => name.EndsWith(".md", StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, page);
            var text = File.ReadAllText(path);
            var settled = Link().Replace(text, link => IsThere(folder, page, link.Groups["target"].Value) ? link.Value : Name(page, link));
            if (settled != text) File.WriteAllText(path, settled);
        }
    }

    /// <summary>The links of a page that lead to a file, each as a path from the product's folder.</summary>
    public static IEnumerable<string> Targets(string folder, string page) => Link().Matches(File.ReadAllText(Path.Combine(folder, page)))
        .Select(link => link.Groups["target"].Value).Where(target => target.Length > 0 && !IsElsewhere(target)).Select(target => From(page, target));

    private static bool IsThere(string folder, string page, string target) =>
        target.Length == 0 || IsElsewhere(target) || Path.Exists(Path.Combine(folder, From(page, target)));

    private static bool IsElsewhere(string target) => target.Contains(':', StringComparison.Ordinal);

    /// <summary>Where a link of a page leads, from the product's folder on.</summary>
    private static string From(string page, string target)
    {
        var parts = new Stack<string>(page.Split('/')[..^1]);
        foreach (var part in target.Split('/'))
            if (part != "..") parts.Push(part);
            else parts.TryPop(out _);
        return string.Join('/', parts.Reverse());
    }

    private static string Name(string page, Match link)
    {
        var (text, target) = (link.Groups["text"].Value, From(page, link.Groups["target"].Value));
        return text == target ? $"`{target}` in the repository" : $"{text} (`{target}` in the repository)";
    }

    [GeneratedRegex(@"(?<!!)\[(?<text>[^\]]+)\]\((?<target>[^)#\s]*)(#[^)\s]*)?\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
