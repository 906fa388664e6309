namespace MimHybrid.Documents.Tests.Checks;

/// <summary>Lines for sh or for Command Prompt.</summary>
internal static class ShellLines
{
    public static IEnumerable<string> Errors(string text, string comment) => text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        .Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith(comment, StringComparison.OrdinalIgnoreCase))
        .SelectMany(line => LineErrors(line).Select(error => $"{error}, in: {line}"));

    public static IEnumerable<string> LineErrors(string line) => Words.Of(line) is { } words
        ? Words.Commands(words).SelectMany(command => Programs.Errors([.. command.SkipWhile(IsVariable)]))
        : ["a quote is not closed"];

    /// <summary><c>NAME=value command</c> sets a variable for that command.</summary>
    private static bool IsVariable(string word) => word.Split('=') is [{ Length: > 0 } name, _, ..] && name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
}
