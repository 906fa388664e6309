namespace MimHybrid.House.Tests;

/// <summary>A circle is seen, and the arrow that closes it is named.</summary>
public sealed class CirclesTests
{
    private static readonly SourceFile Reader = File(
        "Reader.cs", "using MimHybrid.Rows;", "namespace MimHybrid;", "public sealed class Reader(Row row);");

    private static readonly SourceFile Row = File(
        "Row.cs", "namespace MimHybrid.Rows;", "// not of the Reader", "public record Row(string Text = \"Reader\");");

    [Fact]
    public void Rooms_that_use_each_other_in_one_direction_are_well() => Assert.Empty(WrongArrows(Reader, Row));

    [Theory]
    [InlineData("using MimHybrid.Doors;", "class Key(Door door);", "Key.cs uses Door")]
    [InlineData("", "class Key(Reader reader);", "Key.cs uses Reader")]
    [InlineData("", "class Key(MimHybrid.Reader reader);", "Key.cs uses Reader")]
    [InlineData("", "class Key { Reader? Reader { get; } }", "Key.cs uses Reader")]
    [InlineData("", "class Key { int reader = Row.Reader; }", null)]
    [InlineData("", "class Reader;\nclass Key(Reader own);", null)]
    public void The_arrow_that_closes_a_circle_is_named_with_who_draws_it(string usings, string line, string? drawn)
    {
        var door = File("Door.cs", "using MimHybrid.Rows;", "namespace MimHybrid.Doors;", "public sealed class Door(Row row);");
        var gate = File("Gate.cs", "using MimHybrid.Rows;", "namespace MimHybrid.Doors;", "public sealed class Gate(Row row);");
        var another = File("Another.cs", "using MimHybrid.Rows;", "namespace MimHybrid;", "public sealed class Another(Row row);");
        var key = File("Key.cs", usings, "namespace MimHybrid.Rows;", line);

        var wrong = WrongArrows(Reader, another, Row, door, gate, key);

        if (drawn is null) Assert.Empty(wrong);
        else Assert.EndsWith(": " + drawn, Assert.Single(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_circle_of_three_the_arrow_that_the_fewest_need_is_the_wrong_one() => Assert.Equal(
        ["C → A closes the circle A → B → C → A: c"],
        Circles.WrongArrows(
        [
            new("A", "B", "a1"), new("A", "B", "a2"), new("B", "C", "b1"), new("B", "C", "b2"), new("C", "A", "c"), new("C", "D", "c"),
        ]));

    [Theory]
    [InlineData("class Six(int a, int b, int c, int d, int e, int f);", 0)]
    [InlineData("class Seven(int a, int b, int c, int d, int e, int f, int g);", 1)]
    [InlineData("record Seven<T>(int a, int b, int c, int d, int e, int f, T g);", 1)]
    [InlineData("class Many { \n    public Many(int a, int b, int c, int d, int e, int f, int g) { } }", 1)]
    [InlineData("class Three(Func<int, int, int, int> a, (int, int, int) b, int c);", 0)]
    [InlineData("class Not { \n    public int Method(int a, int b, int c, int d, int e, int f, int g) => 0; }", 0)]
    public void A_constructor_with_more_than_six_parameters_is_seen(string line, int found) =>
        Assert.Equal(found, File("A.cs", "namespace MimHybrid;", line).ConstructorsAbove(6).Count());

    private static IReadOnlyList<string> WrongArrows(params SourceFile[] files) => Circles.WrongArrows(Arrows.BetweenNamespaces(files));

    /// <summary>A file of a project that does not exist.</summary>
    private static SourceFile File(string name, params string[] lines) => new(name, lines);
}
