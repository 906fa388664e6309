using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests;

/// <summary>The plan of hand tests can be cited by number.</summary>
public sealed partial class HandTestsTests
{
    [Fact]
    public void Every_section_and_every_step_has_the_next_number()
    {
        var (section, step, steps) = (0, 0, 0);
        foreach (var line in File.ReadLines(Repository.In("tests", "HandTests.md")))
        {
            if (Section().Match(line) is { Success: true } head)
            {
                (section, step) = (section + 1, 0);
                Assert.Equal($"{section}", head.Groups[1].Value);
            }
            else if (Step().Match(line) is { Success: true } row)
            {
                (step, steps) = (step + 1, steps + 1);
                Assert.Equal($"{section}.{step}", row.Groups[1].Value);
                Assert.All(row.Groups[2].Value.Split('|')[..2], cell => Assert.NotEqual("", cell.Trim()));
            }
        }

        Assert.InRange(steps, 100, 300);
        Assert.Contains($"| 1.1–{section}.{step} |", File.ReadAllText(Repository.In("tests", "HandTests.md")), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^## (\d+)\. ", RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| (\d+\.\d+) \|(.*)\|$", RegexOptions.CultureInvariant)]
    private static partial Regex Step();
}
