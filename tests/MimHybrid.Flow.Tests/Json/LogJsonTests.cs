using System.Text.Json;
using MimHybrid.Agent.Show;

namespace MimHybrid.Flow.Tests.Json;

/// <summary>What <c>log --json</c> prints, byte for byte: scripts of other people read it.</summary>
public sealed class LogJsonTests
{
    [Fact]
    public Task A_line_of_the_run_log() =>
        Approved.MatchesAsync(string.Concat(PinnedCycles.All.Select(cycle => RunLogJson.Line(cycle) + "\n")), "log.json");

    /// <summary>An invited stranger chooses the own name: what turns the direction of writing, or is not seen, must not reach a terminal.</summary>
    [Theory]
    [InlineData("Lena\u202Ednarb", @"Lena\u202Ednarb")]
    [InlineData("Lena\u2066\u200B\uFEFF\u00AD", @"Lena\u2066\u200B\uFEFF\u00AD")]
    public void Marks_that_nobody_sees_are_escaped(string name, string expected)
    {
        var cycle = PinnedCycles.InItsFirstStep;
        var line = RunLogJson.Line(cycle with { Changes = [cycle.Changes[0] with { Name = name }] });

        Assert.Contains($"\"name\":\"{expected}\"", line, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(line);
        Assert.Equal(name, json.RootElement.GetProperty("causes")[0].GetProperty("name").GetString());
    }
}
