using System.Text.RegularExpressions;

namespace MimHybrid.House.Tests;

/// <summary>
/// What counts as changing a folder stands in two languages, because the scripts judge the archive before they run anything of it. It is
/// one meaning all the same: what the installation refuses, <c>mimhybrid check</c> finds.
/// </summary>
public sealed partial class FolderRightsTests
{
    private static readonly string Script = Read("scripts/MimHybrid/Protection.ps1");
    private static readonly string Check = Read("src/MimHybrid.Agent/Checks/FolderRights.cs");

    [Theory]
    [InlineData("ChangeRight", "Changing")]
    [InlineData("ReplaceRight", "Replacing")]
    public void The_rights_that_count_are_the_same(string inScripts, string inCheck) =>
        Assert.Equal(Hex(Script, $"$script:{inScripts} = "), Hex(Check, $"const int {inCheck} = "));

    [Fact]
    public void Who_may_anyway_is_the_same()
    {
        var line = Script.Split('\n').Single(line => line.StartsWith("$script:Trusted = ", StringComparison.Ordinal));
        var pattern = new Regex(Pattern().Match(Check).Groups[1].Value, RegexOptions.CultureInvariant);

        var named = Sid().Matches(line).Select(match => match.Value).ToList();
        Assert.Equal(3, named.Count);
        Assert.All([.. named, "S-1-5-18", "S-1-5-32-544"], sid => Assert.Matches(pattern, sid)); // the scripts' System and Administrators
        Assert.Equal(named.Count + 2, pattern.ToString().Count(letter => letter == '|') + 1);
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(House.Root, path));

    private static string Hex(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        Assert.True(at >= 0, name);
        return HexNumber().Match(text, at).Value;
    }

    [GeneratedRegex("0x[0-9A-F]+", RegexOptions.CultureInvariant)]
    private static partial Regex HexNumber();

    [GeneratedRegex("S-1-[0-9-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Sid();

    [GeneratedRegex("GeneratedRegex\\(@\"([^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
