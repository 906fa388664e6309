using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MimHybrid.House.Tests;

/// <summary>The rules of this house that a compiler does not check.</summary>
public sealed partial class RulesOfTheHouse
{
    private const int LongestLine = 140;
    private const int LongestMethod = 60;
    private const int MostParameters = 6;

    /// <summary>Of how many lines a file may be, by folder.</summary>
    private static readonly Dictionary<string, int> LongestFiles = new() { ["src"] = 200, ["tests"] = 300, ["scripts"] = 200 };

    /// <summary>Whose room a package belongs to. It is referenced nowhere else among the products' projects.</summary>
    private static readonly Dictionary<string, string> Rooms = new()
    {
        ["Azure.Identity"] = "MimHybrid.Graph",
        ["Azure.Monitor.OpenTelemetry.Exporter"] = "MimHybrid.Agent",
        ["Cronos"] = "MimHybrid.Cycles",
        ["Microsoft.Data.Sqlite"] = "MimHybrid.Store",
        ["Microsoft.Extensions.Hosting"] = "MimHybrid.Agent",
        ["Microsoft.Extensions.Hosting.WindowsServices"] = "MimHybrid.Agent",
        ["Microsoft.Extensions.Logging.EventLog"] = "MimHybrid.Agent",
        ["Microsoft.Graph"] = "MimHybrid.Graph",
        ["Microsoft.Management.Infrastructure"] = "MimHybrid.Mim",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "MimHybrid.Agent",
        ["Spectre.Console"] = "MimHybrid.Agent",
        ["System.CommandLine"] = "MimHybrid.Agent",
    };

    /// <summary>Event ids come in bands: whoever reads an id knows the room.</summary>
    private static readonly (string Project, int From, int To)[] Bands =
    [
        ("MimHybrid.Cycles", 1000, 1999),
        ("MimHybrid.Graph", 2000, 2999),
        ("MimHybrid.Mim", 3000, 3999),
        ("MimHybrid.Agent", 4000, 4999),
        ("MimHybrid.Sandbox", 5000, 5999),
        ("MimHybrid.Alerts", 6000, 6999),
    ];

    /// <summary>What the build makes is in artifacts, and tools keep theirs in folders with a dot.</summary>
    [Fact]
    public void At_the_top_there_are_four_folders() => Assert.Equal(
        ["infra", "scripts", "src", "tests"],
        Directory.GetDirectories(House.Root).Select(folder => Path.GetFileName(folder)).Where(name => name[0] != '.' && name is not ("artifacts" or "TestResults")).Order(StringComparer.Ordinal));

    [Fact]
    public void No_file_is_longer_than_it_may_be() => Assert.Empty(
        from folder in LongestFiles
        from file in House.Sources(folder.Key)
        where file.Lines.Length > folder.Value
        select $"{file.Path}: {file.Lines.Length} lines");

    [Fact]
    public void No_line_in_src_is_longer_than_it_may_be()
    {
        var lines = House.Sources("src").SelectMany(file => file.Lines.Index(), (file, line) => (file.Path, Number: line.Index + 1, line.Item.Length))
            .Where(line => line.Length > LongestLine)
            .Select(line => $"{line.Path}:{line.Number}: {line.Length} characters")
            .ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} lines:{Environment.NewLine}{string.Join(Environment.NewLine, lines)}");
    }

    [Fact]
    public void No_method_is_longer_than_it_may_be() => Assert.Empty(
        House.Sources("src").Concat(House.Sources("tests")).Concat(House.Sources("scripts")).SelectMany(file => LongMethods(file.Path, file.Lines)));

    [Fact]
    public void No_constructor_has_more_parameters_than_it_may_have() => Assert.Empty(
        House.Sources("src").SelectMany(file => new SourceFile(file.Path, file.Lines).ConstructorsAbove(MostParameters)));

    [Fact]
    public void No_event_id_is_used_twice_and_each_is_in_the_band_of_its_project()
    {
        var ids = House.Sources("src")
            .SelectMany(file => EventId().Matches(string.Join('\n', file.Lines)).Select(match => (file.Path, Id: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))))
            .ToList();

        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(id => id.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(id => id.Path))}"));
        Assert.All(ids, id => Assert.Contains(
            Bands, band => id.Path.Contains(band.Project + Path.DirectorySeparatorChar, StringComparison.Ordinal) && id.Id >= band.From && id.Id <= band.To));
    }

    [Fact]
    public void A_package_is_referenced_in_its_own_room_only() => Assert.Empty(
        from project in House.Projects("src")
        from package in XDocument.Load(project).Descendants("PackageReference").Select(reference => (string)reference.Attribute("Include")!)
        where Rooms.TryGetValue(package, out var room) && room != Path.GetFileNameWithoutExtension(project)
        select $"{Path.GetFileName(project)}: {package}");

    [Fact]
    public void Only_one_folder_names_the_types_of_cim() => Assert.All(
        House.Sources("src").Where(file => file.Lines.Any(line => line.StartsWith("using Microsoft.Management.Infrastructure", StringComparison.Ordinal))),
        file => Assert.StartsWith(Path.Combine("src", "MimHybrid.Mim", "Cim"), file.Path, StringComparison.Ordinal));

    [Fact]
    public void Nothing_says_not_yet() => Assert.Empty(
        from file in House.Sources("src")
        from line in file.Lines
        where NotYet().IsMatch(line)
        select $"{file.Path}: {line.Trim()}");

    [Fact]
    public void Every_project_has_its_lock_file() => Assert.All(
        House.Projects("src").Concat(House.Projects("tests")).Concat(House.Projects("scripts")),
        project => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")), project));

    /// <summary>Members of a class begin at one level of indentation and end with a brace at the same: that is how this house formats.</summary>
    private static IEnumerable<string> LongMethods(string path, string[] lines)
    {
        var start = -1;
        for (var index = 0; index < lines.Length; index++)
        {
            if (lines[index] == "    {") start = index;
            if (lines[index] is not ("    }" or "    };") || start < 0) continue;
            var isType = index > start && lines[(start - 1)..start].Any(line => TypeHead().IsMatch(line));
            if (!isType && index - start - 1 > LongestMethod) yield return $"{path}:{start + 1}: {index - start - 1} lines";
            start = -1;
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex EventId();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException\(|Thread\.Sleep)", RegexOptions.CultureInvariant)]
    private static partial Regex NotYet();

    [GeneratedRegex(@"\b(class|record|struct|enum|interface)\b", RegexOptions.CultureInvariant)]
    private static partial Regex TypeHead();
}
