using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>Who may use whom: no circles, and whoever only looks has no way to write.</summary>
public sealed partial class RoomTests
{
    /// <summary>What each project may refer to. The rows stand in the middle, and MIM knows nothing of them.</summary>
    private static readonly Dictionary<string, string[]> Doors = new()
    {
        ["MimHybrid.Store"] = [],
        ["MimHybrid.Mim"] = [],
        ["MimHybrid.Graph"] = ["MimHybrid.Store"],
        ["MimHybrid.Cycles"] = ["MimHybrid.Mim", "MimHybrid.Store"],
        ["MimHybrid.Alerts"] = ["MimHybrid.Cycles", "MimHybrid.Store"],
        ["MimHybrid.Page"] = ["MimHybrid.Cycles", "MimHybrid.Store"],
        ["MimHybrid.Sandbox"] = ["MimHybrid.Mim"],
    };

    /// <summary>What only looks: it is given an AgentReader and nothing that writes.</summary>
    private static readonly string[] Lookers =
    [
        "src/MimHybrid.Agent/Checks/",
        "src/MimHybrid.Agent/Show/",
        "src/MimHybrid.Agent/Commands/StatusCommand.cs",
        "src/MimHybrid.Agent/Commands/StatusReader.cs",
        "src/MimHybrid.Agent/Commands/LogCommand.cs",
        "src/MimHybrid.Agent/Commands/LogView.cs",
        "src/MimHybrid.Agent/Commands/GuestCommand.cs",
        "src/MimHybrid.Agent/Commands/CheckCommand.cs",
        "src/MimHybrid.Agent/Commands/PageCommand.cs",
        "src/MimHybrid.Agent/Commands/PageSources.cs",
        "src/MimHybrid.Agent/Commands/ReportCommand.cs",
        "src/MimHybrid.Cycles/Words/",
        "src/MimHybrid.Page/",
    ];

    public static TheoryData<string> Projects => [.. House.Projects("src").Select(Path.GetFileNameWithoutExtension).OfType<string>()];

    [Fact]
    public void Projects_do_not_go_in_circles() => None(Circles.WrongArrows(Arrows.BetweenProjects("src")));

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_namespaces_of_a_project_do_not_go_in_circles(string project) =>
        None(Circles.WrongArrows(Arrows.BetweenNamespaces([.. House.Sources(Path.Combine("src", project)).Select(Read)])));

    [Fact]
    public void A_project_has_no_door_to_a_room_that_it_does_not_need() => None(
        from arrow in Arrows.BetweenProjects("src")
        where Doors.TryGetValue(arrow.From, out var allowed) && !allowed.Contains(arrow.To)
        select $"{arrow.From} → {arrow.To}: allowed are [{string.Join(", ", Doors[arrow.From])}]");

    [Fact]
    public void Whoever_only_looks_cannot_write()
    {
        Assert.All(Lookers, place => Assert.NotEmpty(Below(place)));
        None(
            from file in Lookers.SelectMany(Below)
            from word in Read(file).Words
            where Writer.IsMatch(word)
            select $"{file.Path} names {word}");
    }

    private static IEnumerable<(string Path, string[] Lines)> Below(string place) =>
        House.Sources("src").Where(file => file.Path.Replace('\\', '/').StartsWith(place, StringComparison.Ordinal));

    private static SourceFile Read((string Path, string[] Lines) file) => new(file.Path, file.Lines);

    /// <summary>All of them, whole: a collection would be cut short in the message.</summary>
    private static void None(IEnumerable<string> errors)
    {
        var lines = string.Join(Environment.NewLine, errors);
        Assert.True(lines.Length == 0, lines);
    }

    [GeneratedRegex("^(?:Agent|Guest|Cycle|Request)Store$", RegexOptions.CultureInvariant)]
    private static partial Regex Writer { get; }
}
