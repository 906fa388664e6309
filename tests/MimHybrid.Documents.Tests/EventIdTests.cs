using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimHybrid.Agent.Hosting;

namespace MimHybrid.Documents.Tests;

/// <summary>
/// README's table of event ids is made from the code: id, level and text are what the program says, and a person writes beside each what to
/// do. With <c>MIMHYBRID_APPROVE=1</c> the table is written anew, and keeps what people wrote.
/// </summary>
public sealed partial class EventIdTests
{
    private const string Head = "| id | level | it says | do |\n|---|---|---|---|\n";
    private const string Unwritten = "?";

    private sealed record Event(int Id, string Level, string Text);

    [Fact]
    public async Task The_table_is_what_the_code_says_and_every_event_has_something_to_do()
    {
        var path = Repository.In("README.md");
        var readme = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var found = Table().Match(readme);
        Assert.True(found.Success, "README.md has no table of event ids.");
        var written = Row().Matches(found.Value).ToDictionary(
            row => int.Parse(row.Groups["id"].Value, CultureInfo.InvariantCulture), row => row.Groups["do"].Value);
        var table = Table(Events(), written);
        if (Environment.GetEnvironmentVariable("MIMHYBRID_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(path, readme.Replace(found.Value, table, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal(table, found.Value, ignoreLineEndingDifferences: true);
        Assert.DoesNotContain(written.Values, todo => todo.Trim() is Unwritten or "");
    }

    private static string Table(IEnumerable<Event> events, Dictionary<int, string> todos) => events.Aggregate(new StringBuilder(Head), (text, each) =>
        text.Append(CultureInfo.InvariantCulture, $"| {each.Id} | {each.Level} | {each.Text} | {todos.GetValueOrDefault(each.Id, Unwritten)} |\n")).ToString();

    /// <summary>What the event log shows; the sandbox writes none there on a server.</summary>
    private static IEnumerable<Event> Events() =>
        from file in Directory.EnumerateFiles(Repository.In("src"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from message in Message().Matches(File.ReadAllText(file))
        let id = int.Parse(message.Groups["id"].Value, CultureInfo.InvariantCulture)
        let level = message.Groups["level"].Value is { Length: > 0 } fixedLevel ? fixedLevel : "Warning, Error"
        where (id is < 5000 or >= 6000) && (level is not ("Trace" or "Debug" or "Information") || EventLogLines.Milestones.Contains(id))
        orderby id
        select new Event(id, level, Say(message.Groups["text"].Value));

    /// <summary>What is filled in stands in italics.</summary>
    private static string Say(string literals)
    {
        var text = string.Concat(Literal().Matches(literals).Select(literal => literal.Groups["words"].Value));
        return Hole().Replace(text, hole => $"*{hole.Groups["name"].Value}*").Replace("* *", " ", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\| id \| level \|[^\n]*\n(\|[^\n]*\n)+", RegexOptions.CultureInvariant)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\| (?<id>\d+) \|.*\| (?<do>[^|]*) \|$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""\[LoggerMessage\(\s*(EventId = )?(?<id>\d+),\s*(LogLevel\.(?<level>\w+),|Message =)\s*(?<text>("([^"\\]|\\.)*"\s*\+?\s*)+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Message();

    [GeneratedRegex("\"(?<words>([^\"\\\\]|\\\\.)*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{(?<name>\w+)(:[^}]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
