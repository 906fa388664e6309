namespace MimHybrid.Documents.Tests.Checks;

/// <summary>
/// The commands of the Azure CLI that the documents use, with the parameters that they use, as <c>az COMMAND --help</c> names them
/// (https://learn.microsoft.com/cli/azure/reference-index). One more is written down here after a look there.
/// </summary>
internal static class Az
{
    private static readonly string[] Deployment = ["--resource-group", "--template-file", "--parameters"];

    private static readonly Dictionary<string, string[]> Commands = new()
    {
        ["ad sp show"] = ["--id"],
        ["cloud set"] = ["--name"],
        ["deployment group create"] = Deployment,
        ["deployment group what-if"] = Deployment,
        ["group create"] = ["--name", "--location"],
        ["group delete"] = ["--name"],
        ["login"] = [],
        ["monitor app-insights component show"] = ["--resource-group", "--app"], // of the extension application-insights
    };

    /// <summary>Every command has them.</summary>
    private static readonly string[] Everywhere = ["--query", "--output"];

    private static readonly string[] Outputs = ["json", "jsonc", "none", "table", "tsv", "yaml", "yamlc"];

    public static IEnumerable<string> Errors(string[] words)
    {
        var command = string.Join(' ', words.TakeWhile(word => !word.StartsWith('-')));
        if (!Commands.TryGetValue(command, out var known)) return [$"az {command}: these documents do not use it"];
        string[] given = [.. words.Skip(command.Split(' ').Length)];
        return
        [
            .. given.Where(word => word.StartsWith('-') && !known.Contains(word) && !Everywhere.Contains(word)).Select(word => $"az {command} has no {word} here"),
            .. known.Where(parameter => !given.Contains(parameter)).Select(parameter => $"az {command} needs {parameter}"),
            .. given.Where((word, index) => word.StartsWith('-') == (index % 2 == 1)).Select(word => $"az {command}: a parameter has one value each, not: {word}"),
            .. given.SkipWhile(word => word != "--output").Skip(1).Take(1).Where(word => !Outputs.Contains(word)).Select(word => $"az has no output {word}"),
        ];
    }
}
