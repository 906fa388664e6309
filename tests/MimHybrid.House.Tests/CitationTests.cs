using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>Whatever a comment or a page cites can be read in this repository.</summary>
public sealed partial class CitationTests
{
    [Fact]
    public void Every_cited_heading_is_there() => None(
        from text in Citations.Texts
        from line in text.Lines.Index()
        from error in Citations.Errors(text.Path, line.Item)
        select $"{text.Path}:{line.Index + 1}: {error}");

    [Fact]
    public void No_document_is_named_that_a_reader_does_not_have() => None(
        from text in Citations.Texts
        from line in text.Lines.Index()
        where MissingDocument.IsMatch(line.Item) || (text.Path.StartsWith("src/", StringComparison.Ordinal) && BareSection.IsMatch(line.Item))
        select $"{text.Path}:{line.Index + 1}: {line.Item.Trim()}");

    [Theory]
    [InlineData("src/MimHybrid.Graph/Polling/DeadTokenRule.cs", "", "dead-tokens", true)]
    [InlineData("src/MimHybrid.Graph/Polling/DeadTokenRule.cs", "", "dead-token", false)]
    [InlineData("src/MimHybrid.Graph/Polling/DeadTokenRule.cs", "", "execute-and-stop", false)]
    [InlineData("src/MimHybrid.Graph/Polling/DeadTokenRule.cs", "MimHybrid.Mim/", "execute-and-stop", true)]
    [InlineData("src/MimHybrid.Graph/Polling/DeadTokenRule.cs", "MimHybrid.Nothing/", "execute-and-stop", false)]
    [InlineData("src/MimHybrid.Agent/Checks/ClockCheck.cs", "", "the-event-log", true)]
    [InlineData("tests/MimHybrid.Graph.Tests/Polling/BrakeTests.cs", "", "the-brake", false)]
    [InlineData("tests/MimHybrid.Graph.Tests/Polling/BrakeTests.cs", "MimHybrid.Graph/", "the-brake", true)]
    [InlineData("src/MimHybrid.Graph/README.md", "../MimHybrid.Mim/", "steps", true)]
    [InlineData("src/MimHybrid.Graph/README.md", "MimHybrid.Mim/", "steps", false)]
    [InlineData("infra/main.bicep", "scripts/", "quick-start", true)]
    public void A_citation_that_leads_nowhere_is_seen(string file, string folder, string heading, bool leads) =>
        Assert.Equal(leads, !Citations.Errors(file, $"// a fact ({folder}README.md#{heading})").Any());

    [Fact]
    public void Headings_have_the_anchors_that_GitHub_gives_them() => Assert.Equal(
        ["a-page", "the-tasks-definition", "a-page-1", "run-it", "2-a_name-and-a-link"],
        Citations.Slugs(["# A page", "### The task's definition", "text", "## A page ##", "```", "# a comment", "```", "## `run` it", "## 2. a_name and [a link](x.md)"]));

    /// <summary>All of them, whole: a collection would be cut short in the message.</summary>
    private static void None(IEnumerable<string> errors)
    {
        var lines = string.Join(Environment.NewLine, errors);
        Assert.True(lines.Length == 0, lines);
    }

    /// <summary>What lay beside the repository while it was written.</summary>
    [GeneratedRegex(@"reference/[a-z-]+\.md|shared/[D]ESIGN|\b(?:graph-delta|mim-sync-engine|model-codebases|platform)\.md|seed/[a-z-]+\.md", RegexOptions.CultureInvariant)]
    private static partial Regex MissingDocument { get; }

    /// <summary>A section's number in a comment, of a document that it does not even name.</summary>
    [GeneratedRegex(@"//.*(?:\(|, |\s)\d\.\d{1,2}(?:\.\d)?(?: [A-F])?(?:, ""[^""]*"")?\)", RegexOptions.CultureInvariant)]
    private static partial Regex BareSection { get; }
}
