using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MimHybrid.Agent.Tests.Settings;

/// <summary>What the documentation in the code says of a member, in plain text.</summary>
internal sealed partial class Documentation
{
    private readonly Dictionary<string, XElement> members = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "*.xml")
        .Where(path => Path.GetFileName(path).StartsWith("mimhybrid", StringComparison.OrdinalIgnoreCase))
        .SelectMany(path => XDocument.Load(path).Descendants("member"))
        .GroupBy(member => (string)member.Attribute("name")!)
        .ToDictionary(same => same.Key, same => same.First());

    public string? Of(Type type) => Summary($"T:{type.FullName}");

    public string? Of(PropertyInfo property) => Summary($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private string? Summary(string member) =>
        members.TryGetValue(member, out var found) && found.Element("summary") is { } summary && Plain(summary) is { Length: > 0 } text ? text : null;

    /// <summary>Without line breaks, and without the references that are for us.</summary>
    private static string Plain(XElement summary) => Space().Replace(OurReference().Replace(string.Concat(summary.Nodes().Select(Text)), ""), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? (string?)see.Attribute("langword") ?? "").Split('.', ':')[^1],
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    [GeneratedRegex(@"\s*\([\w./-]+\.md[^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex OurReference();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Space();
}
