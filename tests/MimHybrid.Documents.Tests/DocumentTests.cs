using System.Text.RegularExpressions;
using MimHybrid.Documents.Tests.Checks;

namespace MimHybrid.Documents.Tests;

/// <summary>What the documents show can be typed: every block, every command, setting and path within a sentence, every link, in every Markdown file.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. Repository.Documents];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_block_is_right(string document) => None(Document.Read(document).Blocks.SelectMany(Blocks.Errors));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_setting_and_path_within_a_sentence_is_right(string document) => None(Document.Read(document).Spans.SelectMany(Spans.Errors));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document) => None(Links.Errors(document, Document.Read(document).Links));

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_zip_that_is_named_has_the_version_of_this_source(string document) => Assert.All(
        Zip().Matches(File.ReadAllText(Repository.In(document))), zip => Assert.Equal(Repository.Version, zip.Groups[1].Value));

    [Fact]
    public void The_documents_are_found() => Assert.Superset(
        new HashSet<string> { "README.md", "infra/README.md", "infra/task/README.md", "scripts/README.md", "src/README.md", "tests/README.md", "tests/HandTests.md" },
        Repository.Documents.Select(document => document.Replace('\\', '/')).ToHashSet());

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_folder_s_page_names_each_of_its_projects(string folder) => None(
        from project in Directory.EnumerateFiles(Repository.In(folder), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path))
        where !File.ReadAllText(Repository.In(folder, "README.md")).Contains($"`{project}`", StringComparison.Ordinal)
        select $"{folder}/README.md does not name {project}");

    /// <summary>All of them, whole: a collection would be cut short in the message.</summary>
    private static void None(IEnumerable<string> errors)
    {
        var lines = string.Join(Environment.NewLine, errors);
        Assert.True(lines.Length == 0, lines);
    }

    [GeneratedRegex(@"MimHybrid-(\d+\.\d+\.\d+)-win-x64", RegexOptions.CultureInvariant)]
    private static partial Regex Zip();
}
