using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests;

/// <summary>
/// Every sentence that the product can say, in one file: who changes one reads it there among its neighbours, aloud, before it is approved.
/// With <c>MIMHYBRID_APPROVE=1</c> the file is written anew; read it with <c>git diff</c>, then commit.
/// </summary>
public sealed partial class SentencesTests
{
    /// <summary>What nobody reads as a sentence: SQL, and what only developers see.</summary>
    private static readonly string[] NotSaid = ["/obj/", "/Sql/", "/bin/", "Attribute", "packages.lock"];

    [Fact]
    public async Task Every_sentence_has_been_read_by_a_person()
    {
        var path = Repository.In("tests", "MimHybrid.Documents.Tests", "Sentences.txt");
        var text = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(Repository.In("src"), "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            if (NotSaid.Any(part => $"/{name}".Contains(part, StringComparison.Ordinal))) continue;
            var sentences = Sentences(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ToList();
            if (sentences.Count > 0) text.Append(CultureInfo.InvariantCulture, $"# {name}\n\n{string.Join("\n", sentences)}\n\n");
        }

        if (Environment.GetEnvironmentVariable("MIMHYBRID_APPROVE") == "1") await File.WriteAllTextAsync(path, text.ToString(), TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), text.ToString(), ignoreLineEndingDifferences: true);
    }

    /// <summary>Texts of three words and more; pieces that are put together with a plus are one.</summary>
    private static IEnumerable<string> Sentences(string source)
    {
        var code = string.Join('\n', source.Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("Justification", StringComparison.Ordinal)));
        foreach (Match text in Text().Matches(code))
        {
            var whole = string.Concat(Piece().Matches(text.Value).Select(piece => piece.Groups["words"].Value));
            if (Word().Count(whole) >= 3) yield return $"- {whole}";
        }
    }

    [GeneratedRegex("""\$?"(?!"")(?:[^"\\\n]|\\.)*"(?:\s*\+\s*\$?"(?:[^"\\\n]|\\.)*")*""", RegexOptions.CultureInvariant)]
    private static partial Regex Text();

    [GeneratedRegex("""\$?"(?<words>(?:[^"\\\n]|\\.)*)["]""", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();

    [GeneratedRegex(@"(?<![\w{.:])[A-Za-z][a-z']+(?![\w}])", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
