using System.Management.Automation.Language;

namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Calls of the scripts in <c>scripts/</c>: there, with parameters that they have, and words that these allow.</summary>
internal static class OurScripts
{
    private static readonly string[] CommonNames = ["WhatIf", "Confirm", "Verbose"];

    public static IReadOnlyDictionary<string, ScriptBlockAst> All { get; } = Directory.EnumerateFiles(Repository.In("scripts"), "*.ps1")
        .ToDictionary(path => Path.GetFileName(path), path => Parser.ParseFile(path, out _, out _), StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Errors(string path, CommandAst command)
    {
        var name = path.Replace('\\', '/').Split('/')[^1];
        if (!All.TryGetValue(name, out var script))
        {
            yield return $"{name} is not there";
            yield break;
        }

        for (var index = 1; index < command.CommandElements.Count; index++)
        {
            if (command.CommandElements[index] is not CommandParameterAst given || CommonNames.Contains(given.ParameterName, StringComparer.OrdinalIgnoreCase)) continue;
            var parameter = script.ParamBlock.Parameters.FirstOrDefault(one => one.Name.VariablePath.UserPath.Equals(given.ParameterName, StringComparison.OrdinalIgnoreCase));
            if (parameter is null) yield return $"{name} has no -{given.ParameterName}";
            else if (Refused(parameter, given.Argument ?? command.CommandElements.ElementAtOrDefault(index + 1)) is { } word) yield return $"{name} -{given.ParameterName} does not allow {word}";
        }
    }

    /// <summary>Null when the word is allowed, or when any is.</summary>
    private static string? Refused(ParameterAst parameter, CommandElementAst? argument)
    {
        var allowed = parameter.Attributes.OfType<AttributeAst>().FirstOrDefault(attribute => attribute.TypeName.Name == "ValidateSet");
        if (allowed is null || argument is not StringConstantExpressionAst { Value: var word } || word == "…") return null;
        return allowed.PositionalArguments.OfType<StringConstantExpressionAst>().Any(one => one.Value.Equals(word, StringComparison.OrdinalIgnoreCase)) ? null : word;
    }
}
