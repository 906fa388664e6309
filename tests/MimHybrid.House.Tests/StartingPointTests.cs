using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>Whatever the page of the tests tells to start from, or to copy, is there.</summary>
public sealed partial class StartingPointTests
{
    private static readonly HashSet<string> Known =
    [
        .. House.Sources("src").Concat(House.Sources("tests")).SelectMany(file => new SourceFile(file.Path, file.Lines).Types),
        .. Directory.EnumerateDirectories(Path.Combine(House.Root, "tests"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).OfType<string>(),
    ];

    public static TheoryData<string> Names => [.. Rows().SelectMany(row => Name.Matches(row).Select(match => match.Groups[1].Value)).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_type_or_a_folder_that_the_page_names_is_there(string name) => Assert.All(name.Split('/'), part => Assert.Contains(part, Known));

    [Fact]
    public void The_page_names_some() => Assert.True(Names.Count > 40);

    private static IEnumerable<string> Rows() => File.ReadLines(Path.Combine(House.Root, "tests", "README.md"))
        .SkipWhile(line => !line.StartsWith("## To test X", StringComparison.Ordinal)).Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));

    /// <summary>In code, whatever begins as the name of a type does, up to a dot or a bracket, unless it is a member's; or the name of a project.</summary>
    [GeneratedRegex(@"`(?:new )?(MimHybrid\.[\w./]+|[A-Z][\w/]*)[^`]*`", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
