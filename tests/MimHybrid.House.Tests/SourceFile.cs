using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>
/// A source file, as far as it can be understood without a compiler: no comments, no texts, one namespace, types at the beginning of a
/// line.
/// </summary>
internal sealed partial class SourceFile
{
    private readonly string code;

    public SourceFile(string path, IEnumerable<string> lines)
    {
        Name = Path.GetFileName(path);
        code = Quoted.Replace(string.Join('\n', lines), match => match.Value[0] == '/' ? "" : "\"\"");
        Namespace = NamespaceLine.Match(code).Groups[1].Value;
        Usings = [.. UsingLine.Matches(code).Select(match => match.Groups[1].Value)];
        Types = [.. TypeLine.Matches(code).Select(match => match.Groups[1].Value)];
        FullNames = [.. FullName.Matches(UsingLine.Replace(code, "")).Select(match => match.Value)];
        Words = Word.Matches(UsingLine.Replace(code, "")).Select(match => match.Value).ToHashSet();
    }

    public string Name { get; }

    /// <summary>Empty for a file of top-level statements.</summary>
    public string Namespace { get; }

    public IReadOnlyList<string> Usings { get; }

    /// <summary>The types that it declares, but nested ones.</summary>
    public IReadOnlyList<string> Types { get; }

    /// <summary>Names that begin with the product's.</summary>
    public IReadOnlyList<string> FullNames { get; }

    /// <summary>All words that may name a type: whatever does not follow a dot.</summary>
    public IReadOnlySet<string> Words { get; }

    /// <summary>The constructors with more parameters than that, primary ones too.</summary>
    public IEnumerable<string> ConstructorsAbove(int most) =>
        from head in ConstructorHead.Matches(code)
        let name = head.Groups["type"].Success ? head.Groups["type"].Value : head.Groups["constructor"].Value
        where head.Groups["type"].Success || Regex.IsMatch(code, $@"\b(?:class|struct|record) {name}\b", RegexOptions.CultureInvariant)
        let count = CountParameters(code[(head.Index + head.Length)..])
        where count > most
        select $"{Name}: {name} has {count}";

    /// <summary>How many, in the text after an opening parenthesis: commas in brackets of any kind separate something else.</summary>
    private static int CountParameters(string text)
    {
        var (depth, commas) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '(' or '[' or '{' or '<':
                    depth++;
                    break;
                case ')' when depth == 0:
                    return text[..index].Trim().Length == 0 ? 0 : commas + 1;
                case ')' or ']' or '}':
                case '>' when text[index - 1] != '=':
                    depth--;
                    break;
                case ',' when depth == 0:
                    commas++;
                    break;
            }
        }

        return 0;
    }

    /// <summary>Comments, and texts of every kind.</summary>
    [GeneratedRegex(@"'(?:\\.|[^'\\\n])'|//[^\n]*|/\*[\s\S]*?\*/|\$*""""""+[\s\S]*?""""""+|[$@]*""(?:\\.|[^""\\\n])*""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex NamespaceLine { get; }

    [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?([\w.]+);", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex UsingLine { get; }

    [GeneratedRegex(
        @"^(?:(?:public|internal|sealed|static|abstract|partial|readonly|ref) )*"
        + @"(?:class|struct|interface|enum|record(?: struct)?|delegate [\w<>.?]+) (\w+)",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex TypeLine { get; }

    [GeneratedRegex(
        @"\b(?:class|struct|record(?: struct)?) (?<type>\w+)(?:<[^>]*>)?\(|^ +(?:public|internal|private|protected) (?<constructor>\w+)\(",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ConstructorHead { get; }

    [GeneratedRegex(@"(?<![.\w])MimHybrid\.[\w.]+", RegexOptions.CultureInvariant)]
    private static partial Regex FullName { get; }

    [GeneratedRegex(@"(?<![.\w])\w+", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }
}
