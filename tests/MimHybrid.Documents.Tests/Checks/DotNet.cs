using System.Text.RegularExpressions;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary><c>dotnet run</c>, <c>test</c>, <c>publish</c>, <c>build</c> and <c>tool</c>: of a project that is there, with switches that they have.</summary>
internal static partial class DotNet
{
    private static readonly Dictionary<string, string[]> Switches = new()
    {
        ["build"] = ["-c", "-r"],
        ["publish"] = ["-c", "-r", "-o", "--self-contained"],
        ["restore"] = [],
        ["run"] = ["--project", "-c", "--no-build"],
        ["test"] = ["--project", "--solution", "-c", "--no-build", "--filter-class", "--filter-method", "--filter-namespace"],
        ["tool"] = ["--version", "--tool-path"],
    };

    public static IEnumerable<string> Errors(string[] words)
    {
        if (words is not [var verb, .. var rest] || !Switches.TryGetValue(verb, out var known)) return [$"dotnet {string.Join(' ', words)}: these documents do not use it"];
        List<string> own = [.. rest.TakeWhile(word => word != "--")];
        List<string> passed = [.. rest.SkipWhile(word => word != "--").Skip(1)];
        var solution = own.SkipWhile(word => word != "--solution").ElementAtOrDefault(1);
        var project = own.IndexOf("--project") is var at and >= 0
            ? own.ElementAtOrDefault(at + 1) ?? ""
            : own.FirstOrDefault(word => Repository.IsPath(word) && word != solution);
        return
        [
            .. own.Where(word => word.StartsWith('-') && !known.Contains(word)).Select(word => $"dotnet {verb} has no {word} here"),
            .. project is not null && !IsProject(project) ? [$"{project} is no project"] : Array.Empty<string>(),
            .. MissingClass(own),
            .. verb == "run" && project is null ? ["dotnet run without --project"] : Array.Empty<string>(),
            .. verb == "run" && project is not null && IsProject(project) ? Passed(project, passed) : [],
        ];
    }

    private static bool IsProject(string path) => Directory.Exists(Repository.In(path)) && Directory.EnumerateFiles(Repository.In(path), "*.csproj").Any();

    private static IEnumerable<string> MissingClass(List<string> words) =>
        words.IndexOf("--filter-class") is var at and >= 0 && words.ElementAtOrDefault(at + 1)?.Split('.')[^1] is { } name
        && !Directory.EnumerateFiles(Repository.In("tests"), $"{name}.cs", SearchOption.AllDirectories).Any()
            ? [$"there is no class of tests {name}"]
            : [];

    /// <summary>What goes to the program: the agent's by its own command line; the two others of the house by the words that their sources know.</summary>
    private static IEnumerable<string> Passed(string project, List<string> words)
    {
        if (project.TrimEnd('/').EndsWith("MimHybrid.Agent", StringComparison.Ordinal)) return Product.Errors(words);
        var sources = Directory.EnumerateFiles(Repository.In(project), "*.cs").Select(File.ReadAllText).ToList();
        return words.Where((word, index) => (index == 0 || word.StartsWith('-')) && !Number().IsMatch(word) && !sources.Exists(source => source.Contains($"\"{word}\"", StringComparison.Ordinal)))
            .Select(word => $"{project} does not know {word}");
    }

    [GeneratedRegex(@"^\d+$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
